package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.FsyncPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A herd that has stopped leaves neither threads nor sockets in the process that ran it. */
class LeftoversTest {
    @TempDir
    private Path dir;

    @Test
    @EnabledOnOs(OS.LINUX)
    void areNone() throws IOException {
        runAHerd(dir.resolve("first"), false); // what the JVM keeps for sockets is there after that
        long socketsBefore = sockets();
        runAHerd(dir.resolve("second"), true);

        assertThat(HerdThreads.names()).isEmpty();
        assertThat(sockets()).isEqualTo(socketsBefore);
    }

    private void runAHerd(Path stateDir, boolean looking) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        Socket subscriber;
        long socketsBefore = sockets();
        try (TestHerd herd =
                TestHerd.ofFive(stateDir).journal(FsyncPolicy.EVERYSEC).expireAfter(Duration.ofDays(36_500))) {
            herd.startAll().awaitLinks();
            subscriber = subscribe(herd.openHttp("Hamilton"));
            for (String name : herd.names()) {
                for (int i = 0; i < 20; i++) {
                    RawClient client = herd.connect(name);
                    client.ask("IAMAT " + name + i + " +34-118 1400794645");
                    clients.add(client);
                }
            }
            clients.getLast().send("WHATSAT Alford1 1 1\nIAMAT half");
            if (looking) {
                assertThat(HerdThreads.names()).as("what is looked for")
                        .anyMatch(name -> name.startsWith("client-127.0.0.1:"))
                        .contains("accept", "sweeper", "log-Parker", "journal-Parker", "expiry", "link-Parker-out",
                                "link-Parker-in", "link-Parker-from", "feed", "http-watchdog", "http-accepts",
                                "HTTP-Dispatcher");
                assertThat(sockets()).isGreaterThanOrEqualTo(socketsBefore + 5 + 200 + 20);
            }
        }
        subscriber.close();
        for (RawClient client : clients) {
            client.close();
        }
    }

    /** Follows what clients do, and goes on doing so while the server stops. */
    private static Socket subscribe(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200");
        return socket;
    }

    private static long sockets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(LeftoversTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
