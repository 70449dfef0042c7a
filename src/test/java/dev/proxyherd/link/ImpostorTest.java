package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who knows the secret and goes by the name of a neighbour that is there takes its link, but not for long. */
class ImpostorTest {
    @TempDir
    private Path dir;

    @Test
    void losesTheLinkAgainToTheRealOneWhichMissesNothing() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").startAll().awaitLinks();
                FakeNeighbour impostor = FakeNeighbour.dial(herd, "Bolden", "Alford");
                RawClient bolden = herd.connect("Bolden")) {
            herd.awaitLog("Bolden", "link to Alford down: ");
            bolden.ask("IAMAT kiwi +34-118 7");
            herd.awaitSameStores("though an impostor came between", 1);
            herd.awaitLog("Alford", "link from Bolden down: the neighbour has dialled again");
            impostor.connection().readToEnd();
            assertThat(herd.status("Bolden").links()).singleElement().matches(link -> link.up() && link.starts() > 1);
        }
    }
}
