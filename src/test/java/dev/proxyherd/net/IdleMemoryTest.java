package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.StubPlaces;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are idle cost little, whatever they have sent before. */
class IdleMemoryTest {
    private static final int CONNECTIONS = 200;
    private static final int BYTES_EACH = 20 * 1024;
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    @TempDir
    private Path dir;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** What fills the buffer of answers, and what takes four times its room in the log. */
    static List<String> loads() {
        return List.of("IAMAT kiwi +34.068930-118.445127 1400794645.392014450\n".repeat(400),
                "\001".repeat(8191) + '\n');
    }

    @ParameterizedTest
    @MethodSource("loads")
    void afterAHeavyLoad(String load) throws IOException, JMException {
        ClientLimits limits = TestSettings.limits(CONNECTIONS + 1, 8192, Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (SingleServer server = new SingleServer(dir, limits, StubPlaces.giving(""))) {
            sendAndAwaitAnswers(server, load);
            // The first count loads what counts.
            liveBytes();
            long before = liveBytes();
            for (int i = 0; i < CONNECTIONS; i++) {
                sendAndAwaitAnswers(server, load);
            }
            assertThat((liveBytes() - before) / CONNECTIONS).as("bytes of heap for each").isLessThan(BYTES_EACH);
        }
    }

    private void sendAndAwaitAnswers(SingleServer server, String load) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.herd().port("Alford"));
        sockets.add(socket);
        socket.getOutputStream().write(load.getBytes(StandardCharsets.ISO_8859_1));
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[64 * 1024];
        long lines = load.chars().filter(c -> c == '\n').count();
        while (lines > 0) {
            int count = in.read(buffer);
            assertThat(count).isPositive();
            for (int i = 0; i < count; i++) {
                lines -= buffer[i] == '\n' ? 1 : 0;
            }
        }
    }

    /**
     * What all objects that are reachable take, by the JVM's own count after a collection. What is used of its heap would
     * count whole regions and what other threads have let go of since, which is as much again when a machine is busy.
     */
    private static long liveBytes() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                new Object[] {new String[0]}, new String[] {String[].class.getName()});
        Matcher total = TOTAL.matcher(histogram);
        assertThat(total.find()).as(histogram).isTrue();
        return Long.parseLong(total.group(1));
    }
}
