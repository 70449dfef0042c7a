package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five servers in the shipped topology's shape: what one hears, all know. */
class FloodingTest {
    @TempDir
    private Path dir;

    private TestHerd herd;

    @BeforeEach
    void start() throws IOException {
        herd = TestHerd.ofFive(dir).throughProxies().startAll().awaitLinks();
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    private String tell(String server, String command) throws IOException {
        try (RawClient client = herd.connect(server)) {
            return client.ask(command);
        }
    }

    @Test
    void everyServerAnswersWithTheLineOfTheServerThatHeard() throws IOException {
        String heard = tell("Hamilton", "IAMAT kiwi +34-118 1400794645.5");
        assertThat(heard).startsWith("AT Hamilton +");
        herd.awaitSameStores("once flooded", 1);

        for (String name : herd.names()) {
            try (RawClient client = herd.connect(name)) {
                assertThat(client.askForPlaces("WHATSAT kiwi 10 20"))
                        .as(name).isEqualTo(heard + '\n' + StubPlaces.document(3) + "\n\n");
            }
        }
    }

    @Test
    void aReportThatLosesIsNotPassedOn() throws IOException {
        tell("Alford", "IAMAT kiwi +34-118 2000");
        herd.awaitSameStores("once flooded", 1);
        assertThat(tell("Bolden", "IAMAT kiwi +1-1 1999")).contains(" kiwi +1-1 1999");
        tell("Bolden", "IAMAT last +1-1 1");
        herd.awaitSameStores("once what came after it is flooded", 2);

        for (String name : herd.names()) {
            assertThat(herd.stored(name, "kiwi")).endsWith("kiwi +34-118 2000");
        }
        herd.stop("Bolden");
        assertThat(herd.log("Bolden").lines().filter(line -> line.contains("+1-1 1999")))
                .as("the command and its answer, and nothing on links").hasSize(2);
    }

    @Test
    void bytesOfAnIdCrossTheHerdUnchanged() throws IOException {
        String heard = tell("Welsh", "IAMAT \u00ff\u0080\u0001+IAMAT +34-118 1");
        herd.awaitSameStores("once flooded", 1);

        try (RawClient client = herd.connect("Hamilton")) {
            assertThat(client.askForPlaces("WHATSAT \u00ff\u0080\u0001+IAMAT 10 0")).startsWith(heard + '\n');
        }
    }

    @Test
    void anUpdateFindsItsWayRoundABrokenLink() throws IOException {
        herd.proxy("Alford", "Parker").cut();
        herd.proxy("Parker", "Alford").cut();
        tell("Alford", "IAMAT kiwi +34-118 1400794645");

        herd.awaitSameStores("by way of Welsh and Bolden", 1);
    }

    @Test
    void aServerThatHangsHoldsNobodyUp() throws IOException {
        herd.proxy("Alford", "Parker").stall();
        herd.proxy("Welsh", "Bolden").stall();
        for (int i = 0; i < 1000; i++) {
            tell("Alford", "IAMAT c" + i + " +34-118 1400794645");
        }
        assertThat(herd.stored("Alford")).hasSize(1000);

        herd.proxies().forEach(FaultyProxy::heal);
        herd.awaitSameStores("once nothing hangs", 1000);
    }
}
