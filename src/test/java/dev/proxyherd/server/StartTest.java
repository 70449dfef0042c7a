package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.journal.FsyncPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot start says why and leaves nothing behind. */
class StartTest {
    @TempDir
    private Path dir;

    @Test
    void isRefusedWhileAServerOfTheSameNameRunsOnTheSameFolder() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford").startAll(); TestHerd second = new TestHerd(dir, "Alford")) {
            assertThatThrownBy(second::startAll).isInstanceOf(IOException.class)
                    .hasMessageContaining("already running with this state folder")
                    .hasMessageContaining(dir.resolve("server-Alford.lock").toString())
                    .as("what leads to two servers of one name").hasMessageNotContaining("--state-dir");

            herd.stop("Alford");
            second.startAll();
        }
    }

    @Test
    void isPossibleForAnotherNameOnTheSameFolder() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").startAll();
                RawClient client = herd.connect("Bolden")) {
            assertThat(client.ask("IAMAT kiwi +34-118 1")).startsWith("AT Bolden ");
        }
    }

    @Test
    void isRefusedWithTheAddressWhenSomethingElseListensThere() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford")) {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            try (ServerSocket other = new ServerSocket(herd.port("Alford"), 1, loopback)) {
                assertThatThrownBy(herd::startAll).isInstanceOf(IOException.class)
                        .hasMessageContaining("cannot listen on 127.0.0.1:" + other.getLocalPort())
                        .hasMessageContaining(
                                "is something else running there? If that is no server of this name, give this one another port");
            }
            herd.startAll();
        }
    }

    @Test
    void isRefusedWithTheFileWhenTheLogCannotBeWritten() throws IOException {
        Files.createDirectory(dir.resolve("server-Alford.log"));
        try (TestHerd herd = new TestHerd(dir, "Alford")) {
            assertThatThrownBy(herd::startAll).isInstanceOf(IOException.class)
                    .hasMessageContaining("server-Alford.log");

            Files.delete(dir.resolve("server-Alford.log"));
            herd.startAll();
        }
    }

    /** What cannot be opened may be whole: a server that began a new one would know nothing, and say that all is well. */
    @Test
    void isRefusedWithTheMendWhenTheJournalCannotBeOpened() throws IOException {
        Files.createDirectory(dir.resolve("server-Alford.journal"));
        try (TestHerd herd = new TestHerd(dir, "Alford").journal(FsyncPolicy.EVERYSEC)) {
            assertThatThrownBy(herd::startAll).isInstanceOf(IOException.class)
                    .hasMessageContaining("the journal cannot be opened")
                    .hasMessageContaining("server-Alford.journal is no regular file")
                    .hasMessageContaining("does not start without it");

            Files.delete(dir.resolve("server-Alford.journal"));
            herd.startAll();
        }
    }

    @Test
    void makesTheStateFolder() throws IOException {
        Path deep = dir.resolve("a/b/c");
        try (TestHerd herd = new TestHerd(deep, "Alford").startAll()) {
            herd.awaitLog("Alford", "server Alford listens on 127.0.0.1:" + herd.port("Alford"));
        }
    }

    @Test
    void goesOnWithTheLogOfTheLastRun() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford").startAll()) {
            herd.stop("Alford");
            herd.startAll();
            herd.stop("Alford");
            assertThat(herd.log("Alford").split("has stopped\n")).hasSize(2);
        }
    }
}
