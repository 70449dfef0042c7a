package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/events}, as subscribers see it. */
@Timeout(60)
class EventsTest {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");

    @TempDir
    Path dir;

    private TestGateway gateway;

    @BeforeEach
    void open() throws IOException {
        gateway = new TestGateway(dir);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    /**
     * An event as it came.
     *
     * @param id empty where it had none
     */
    private record Event(String name, String data, String id) {

        List<String> clients() {
            List<String> clients = new ArrayList<>();
            for (Matcher matcher = ID.matcher(data); matcher.find();) {
                clients.add(matcher.group(1));
            }
            return clients;
        }
    }

    /** A subscriber that reads what it is told to; of HTTP 1.0, so that nothing stands between the lines. */
    private final class Subscriber implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        private Subscriber(String query, String... headers) throws IOException {
            socket = new Socket();
            socket.setReceiveBufferSize(16 * 1024);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress("127.0.0.1", gateway.port()));
            StringBuilder request = new StringBuilder("GET /api/events" + query + " HTTP/1.0\r\nHost: localhost\r\n");
            for (String header : headers) {
                request.append(header).append("\r\n");
            }
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** Waits until the subscription is in force: its first line of the body has come. */
        private Subscriber begun() throws IOException {
            for (String line = in.readLine(); !line.startsWith("retry:"); line = in.readLine()) {
                assertThat(line).isNotNull();
            }
            return this;
        }

        /** The next event. */
        private Event next() throws IOException {
            String name = "";
            String data = "";
            String id = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.isEmpty() && !name.isEmpty()) {
                    return new Event(name, data, id);
                }
            }
            throw new SocketException("the stream has ended");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void tellWhatIsAcceptedFromNowOn() throws IOException {
        gateway.hear("before +1+1 3");
        try (Subscriber subscriber = new Subscriber("").begun()) {
            gateway.hear("kiwi +34.5-118 3");

            Event event = subscriber.next();

            assertThat(event.name()).isEqualTo("locations");
            assertThat(event.clients()).containsExactly("kiwi");
            assertThat(event.data()).contains("\"coordinates\":[-118,34.5]");
        }
    }

    @Test
    void tellOnlyWhatIsInTheBox() throws IOException {
        try (Subscriber subscriber = new Subscriber("?bbox=170,-30,-170,0").begun()) {
            gateway.hear("home +34-118 3");
            gateway.hear("fiji -17-179.5 3");

            assertThat(subscriber.next().clients()).containsExactly("fiji");
        }
    }

    @Test
    void resumeFromTheLastEventThatWasSeen() throws IOException {
        String seen;
        try (Subscriber subscriber = new Subscriber("").begun()) {
            gateway.hear("a +1+1 3");
            seen = subscriber.next().id();
        }
        gateway.hear("b +1+1 3");
        gateway.hear("c +1+1 3");
        gateway.hear("b +1+1 4");

        try (Subscriber subscriber = new Subscriber("", "Last-Event-ID: " + seen).begun()) {
            assertThat(subscriber.next().clients()).containsExactlyInAnyOrder("c", "b");
        }
    }

    @Test
    void goOnWhereThePagesOfClientsEnded() throws IOException {
        gateway.hear("a +1+1 3");
        String body = RawHttp.get(gateway.port(), "/api/clients").body();
        String cursor = body.replaceFirst("(?s).*\"cursor\":\"([^\"]+)\".*", "$1");
        gateway.hear("b +1+1 3");

        try (Subscriber subscriber = new Subscriber("?since=" + cursor).begun()) {
            assertThat(subscriber.next().clients()).containsExactly("b");
        }
    }

    @Test
    void sayThatACursorOfAnEarlierRunIsOfNoUse() throws IOException {
        for (String cursor : List.of("abc-17", "nonsense", "")) {
            try (Subscriber subscriber = new Subscriber("", "Last-Event-ID: " + cursor).begun()) {
                assertThat(subscriber.next().name()).isEqualTo("reset");
                gateway.hear("after" + cursor + " +1+1 3");
                assertThat(subscriber.next().clients()).containsExactly("after" + cursor);
            }
        }
    }

    @Test
    void tellWhomTheServerHasForgotten() throws IOException {
        gateway.hear("old +1+1 100");
        try (Subscriber subscriber = new Subscriber("").begun()) {
            gateway.cutoffNanos.set(1_000_000_000_000L);
            gateway.hear("new +1+1 2000");

            List<Event> events = new ArrayList<>();
            while (events.stream().noneMatch(event -> event.name().equals("forgotten"))) {
                events.add(subscriber.next());
            }
            assertThat(events.getLast().data()).isEqualTo("[\"old\"]");
        }
    }

    @Test
    void reachTwoHundredSubscribersThoughOneNeverReads() throws IOException {
        int clients = 1_000;
        List<Subscriber> subscribers = new ArrayList<>();
        try (Subscriber deaf = new Subscriber("")) {
            for (int i = 0; i < 200; i++) {
                subscribers.add(new Subscriber(""));
            }
            for (Subscriber subscriber : subscribers) {
                subscriber.begun();
            }
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < clients; i++) {
                    gateway.hear(String.format(Locale.ROOT, "c%d +%d+%d %d", i, i % 90, i % 180, round + 1));
                }
            }
            gateway.hear("last +1+1 3");
            for (Subscriber subscriber : subscribers) {
                while (!subscriber.next().clients().contains("last")) {
                    // What came before it.
                }
            }
            assertThat(deaf.socket.isConnected()).isTrue();
        } finally {
            for (Subscriber subscriber : subscribers) {
                subscriber.close();
            }
        }
    }

    @Test
    void areConflatedForThoseWhoReadSlowly() throws IOException {
        try (Subscriber slow = new Subscriber("").begun()) {
            for (int round = 1; round <= 20_000; round++) {
                gateway.hear("busy +1+1 " + round);
            }
            gateway.hear("last +1+1 3");

            int told = 0;
            for (Event event = slow.next(); !event.clients().contains("last"); event = slow.next()) {
                told += event.clients().size();
            }
            assertThat(told).isLessThan(10_000);
        }
    }

    @Test
    void endWhenTheGatewayCloses() throws IOException {
        try (Subscriber subscriber = new Subscriber("").begun()) {
            gateway.close();

            assertThat(subscriber.in.lines().filter(line -> line.startsWith("event:")).count()).isZero();
        } catch (UncheckedIOException reset) {
            assertThat(reset).hasCauseInstanceOf(SocketException.class);
        }
    }
}
