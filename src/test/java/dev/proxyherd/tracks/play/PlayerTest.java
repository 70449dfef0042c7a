package dev.proxyherd.tracks.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.client.HerdClient;
import dev.proxyherd.places.PlaceLabel;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.CommandParser;
import dev.proxyherd.tracks.TrackPoint;
import dev.proxyherd.tracks.read.Tracks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Playing to a server that notes what it hears and answers lines with lines. */
@Timeout(30)
class PlayerTest {
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private ServerSocket listener;

    /** How many lines of a connection are answered. */
    private volatile int answered = Integer.MAX_VALUE;

    /** After how many lines a connection is closed. */
    private volatile int closedAfter = Integer.MAX_VALUE;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private void serve() {
        try {
            while (true) {
                serveOne();
            }
        } catch (IOException gone) {
            // The test is over.
        }
    }

    private void serveOne() throws IOException {
        try (Socket socket = listener.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                OutputStream out = socket.getOutputStream()) {
            int lines = 0;
            for (String line = in.readLine(); line != null; line = lines < closedAfter ? in.readLine() : null) {
                heard.add(line);
                if (lines++ < answered) {
                    out.write((line.contains("refused") ? "? x\n" : "AT x\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private HerdClient connect() throws IOException {
        return connect(Duration.ofSeconds(10));
    }

    private HerdClient connect(Duration limit) throws IOException {
        return HerdClient.connect((InetSocketAddress) listener.getLocalSocketAddress(), limit);
    }

    private static Tracks tracks(int count, String client) {
        return new Tracks(IntStream.range(0, count).mapToObj(i -> new TrackPoint(client, BigDecimal.valueOf(i % 90),
                BigDecimal.ONE, BigDecimal.valueOf(1000 + 10L * i))).toList(), 0, 0, List.of(), List.of());
    }

    @Test
    void sendsAllAtOnceAndWaitsForEveryAnswer() throws Exception {
        Player.Progress end = new Player(progress -> {}).replay(tracks(25_000, "run"), 0, null, connect());

        assertThat(end.sent()).isEqualTo(25_000);
        assertThat(end.refused()).isZero();
        assertThat(heard).hasSize(25_000);
        assertThat(heard.peek()).isEqualTo("IAMAT run +0+1 1000");
    }

    @Test
    void countsWhatTheServerRefuses() throws Exception {
        assertThat(new Player(progress -> {}).replay(tracks(3, "refused"), 0, null, connect()).refused()).isEqualTo(3);
    }

    @Test
    void isNoSuccessWhereNotAllIsAnswered() throws Exception {
        HerdClient patient = connect();
        answered = 1;
        assertThatThrownBy(() -> new Player(progress -> {}).replay(tracks(4, "run"), 0, null, patient))
                .isInstanceOf(IOException.class)
                .hasMessage("3 of 4 reports were not answered: the server closed the connection");
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HerdClient impatient = HerdClient.connect(
                    (InetSocketAddress) deaf.getLocalSocketAddress(), Duration.ofMillis(100));
            assertThatThrownBy(() -> new Player(progress -> {}).replay(tracks(4, "run"), 0, null, impatient))
                    .isInstanceOf(IOException.class).hasMessage("4 of 4 reports were not answered: Read timed out");
        }
    }

    @Nested
    class InAPauseOfTheTrack {
        @Test
        void theServerIsNotLate() throws Exception {
            assertThat(
                    new Player(progress -> {}).replay(tracks(2, "run"), 5, null, connect(Duration.ofSeconds(1))).sent())
                    .as("with 2 s between").isEqualTo(2);
        }

        @Test
        void theServerMayCloseTheConnection() throws Exception {
            closedAfter = 1;
            assertThat(new Player(progress -> {}).replay(tracks(3, "run"), 10, null, connect()).sent()).isEqualTo(3);
            assertThat(heard).hasSize(3);
        }
    }

    @Test
    void keepsTheirPaceSpedUp() throws Exception {
        long start = System.nanoTime();
        new Player(progress -> {}).replay(tracks(3, "run"), 100, null, connect());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void endsInOrderWhenItIsStopped() throws Exception {
        Player player = new Player(progress -> {});
        Thread stopper = Thread.ofVirtual().start(() -> {
            try {
                heard.poll(10, TimeUnit.SECONDS);
                player.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        Player.Progress end = player.replay(tracks(3, "run"), 0.001, null, connect());

        stopper.join();
        assertThat(end.sent()).isEqualTo(1);
    }

    @Test
    void walkersReportValidPositionsNearTheirCities() throws Exception {
        List<PlaceLabel> cities =
                List.of(new PlaceLabel("São Paulo", -23.5, -46.6, 20_000), new PlaceLabel("Suva", -18.1, 179.99, 5000));
        Walkers walkers = new Walkers(50, cities, Duration.ofSeconds(1), InstantSource.system(), new Random(1));
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            walkers.next();
            commands.add(walkers.command());
        }

        assertThat(commands).allSatisfy(command -> {
            byte[] line = command.getBytes(StandardCharsets.UTF_8);
            assertThat(CommandParser.parse(line, 0, line.length)).isInstanceOf(Command.IAmAt.class);
        });
        assertThat(commands.stream().map(command -> command.split(" ")[1]).distinct()).hasSize(50)
                .anyMatch(id -> id.startsWith("são-paulo-")).anyMatch(id -> id.startsWith("suva-"));
    }
}
