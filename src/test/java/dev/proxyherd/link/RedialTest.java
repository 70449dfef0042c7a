package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link that ends, or never began, is tried again for ever. */
class RedialTest {
    @TempDir
    private Path dir;

    @Test
    void followsEveryEndAndTheNextLinkTeachesWhatTheLastOneMissed() throws IOException {
        try (TwoEnds ends = new TwoEnds(dir, TestSettings.TIMING, 0)) {
            ends.herd().startAll();
            ends.accept().close();
            ends.herd().awaitLog("Alford", "link to Bolden down: the neighbour closed it");
            String missed;
            try (RawClient client = ends.herd().connect("Alford")) {
                missed = client.ask("IAMAT kiwi +34-118 1400794645");
            }
            try (FakeNeighbour again = ends.accept()) {
                assertThat(again.readLine()).isEqualTo(missed);
                again.connection().reset();
            }
            ends.herd().awaitLog("Alford", "link to Bolden down: Connection reset");
            try (FakeNeighbour again = ends.accept()) {
                assertThat(again.readLine()).isEqualTo(missed);
            }
        }
    }

    @Test
    void ofANeighbourThatIsNotThereIsLoggedOnce() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").throughProxies()) {
            herd.start("Alford");
            Await.until("Alford has tried again and again", () -> herd.proxy("Alford", "Bolden").connections() >= 10);
            assertThat(herd.log("Alford").split("no link to Bolden", -1)).as(herd.log("Alford")).hasSize(2);

            herd.start("Bolden");
            herd.awaitLinks();
        }
    }

    @Test
    void comesAtOnceWhenTheNeighbourDialsIn() throws IOException {
        Duration never = Duration.ofHours(1);
        LinkTiming patient = new LinkTiming(Duration.ofMillis(100), never, Duration.ofSeconds(2), Duration.ofSeconds(2),
                never, never);
        try (TwoEnds ends = new TwoEnds(dir, patient, 0)) {
            ends.herd().startAll();
            ends.accept().close();
            ends.herd().awaitLog("Alford", "link to Bolden down");

            try (FakeNeighbour back = FakeNeighbour.dial(ends.herd(), "Bolden", "Alford");
                    FakeNeighbour dialled = ends.accept();
                    RawClient client = ends.herd().connect("Alford")) {
                assertThat(client.ask("IAMAT kiwi +34-118 1400794645")).isEqualTo(dialled.readLine());
                back.beat();
            }
        }
    }
}
