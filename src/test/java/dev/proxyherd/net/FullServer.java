package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Alford, with as many clients as it takes, and a neighbour, Bolden, that does not run yet. */
final class FullServer implements AutoCloseable {
    static final int CONNECTIONS = 3;

    final TestHerd herd;
    private final List<RawClient> clients = new ArrayList<>();

    FullServer(Path dir) throws IOException {
        herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden")
                .limits(TestSettings.limits(CONNECTIONS, 8192, Duration.ofMinutes(1), Duration.ofSeconds(30)));
        start();
    }

    private void start() throws IOException {
        herd.start("Alford");
        for (int i = 0; i < CONNECTIONS; i++) {
            assertThat(connect().ask("hello")).isEqualTo("? hello");
        }
    }

    /** Starts the server, and its clients, again. */
    void restart() throws IOException {
        herd.stop("Alford");
        clients.clear();
        start();
    }

    /** One more connection, which is closed at the end. */
    RawClient connect() throws IOException {
        RawClient client = herd.connect("Alford");
        clients.add(client);
        return client;
    }

    /** One of its clients, 0 the first. */
    RawClient client(int number) {
        return clients.get(number);
    }

    /** Lets this one be closed at the end, too. */
    void keep(RawClient client) {
        clients.add(client);
    }

    @Override
    public void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        herd.close();
    }
}
