package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that comes back has lost what it knew, and learns it again without anyone doing anything. */
class ResyncTest {
    private static final int CLIENTS = 10_000;

    @TempDir
    private Path dir;

    private static void report(TestHerd herd, String server, int from, int to) throws IOException {
        try (RawClient client = herd.connect(server)) {
            for (int i = from; i < to; i += 500) {
                StringBuilder commands = new StringBuilder();
                for (int j = i; j < i + 500; j++) {
                    commands.append("IAMAT c").append(j).append(" +34-118 1400794645\n");
                }
                client.send(commands.toString());
                for (int j = 0; j < 500; j++) {
                    client.readLine();
                }
            }
        }
    }

    @Test
    void aServerRestartedOnItsAddressKnowsTenThousandClients() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").startAll()) {
            report(herd, "Alford", 0, CLIENTS);
            Map<String, String> before = herd.awaitSameStores("before the restart", CLIENTS);

            herd.stop("Alford");
            report(herd, "Bolden", CLIENTS, CLIENTS + 500);
            herd.start("Alford");

            Map<String, String> after = herd.awaitSameStores("after the restart", CLIENTS + 500);
            assertThat(after).containsAllEntriesOf(before);
        }
    }

    @Test
    void twoServersThatNeverMetTeachEachOther() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").throughProxies()) {
            herd.proxies().forEach(proxy -> proxy.cut());
            herd.startAll();
            report(herd, "Alford", 0, 1000);
            report(herd, "Bolden", 500, 1500);
            assertThat(herd.stored("Alford")).hasSize(1000);

            herd.proxies().forEach(proxy -> proxy.heal());
            herd.awaitSameStores("once they can meet", 1500);
        }
    }

    @Test
    void knowledgeCrossesAServerThatHeardNoneOfItFromAClient() throws IOException {
        try (TestHerd herd =
                new TestHerd(dir, "Alford", "Bolden", "Welsh").link("Alford", "Bolden").link("Bolden", "Welsh")) {
            herd.start("Alford");
            report(herd, "Alford", 0, 500);
            herd.start("Bolden");
            herd.awaitSameStores("of Alford and Bolden", 500);
            herd.stop("Alford");
            herd.start("Welsh");
            herd.awaitSameStores("of Bolden and Welsh, while Alford is down", 500);
        }
    }
}
