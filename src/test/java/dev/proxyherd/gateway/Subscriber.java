package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A subscriber of {@code /api/events} that reads what it is told to; of HTTP 1.0, so that nothing stands between the lines. */
public final class Subscriber implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");

    final Socket socket;
    final BufferedReader in;

    /**
     * An event as it came.
     *
     * @param id empty where it had none
     */
    public record Event(String name, String data, String id) {

        public List<String> clients() {
            List<String> clients = new ArrayList<>();
            for (Matcher matcher = ID.matcher(data); matcher.find();) {
                clients.add(matcher.group(1));
            }
            return clients;
        }
    }

    public Subscriber(TestGateway gateway, String query, String... headers) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
        StringBuilder request = new StringBuilder("GET /api/events" + query + " HTTP/1.0\r\nHost: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Waits until the subscription is in force: its first line of the body has come. */
    public Subscriber begun() throws IOException {
        for (String line = in.readLine(); !line.startsWith("retry:"); line = in.readLine()) {
            assertThat(line).isNotNull();
        }
        return this;
    }

    /** The next event. */
    public Event next() throws IOException {
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
