package dev.proxyherd.net;

import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestClock;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.nio.file.Path;

/** One server without neighbours, whose clock stands at 1400794646, so that every answer is known byte for byte. */
final class SingleServer implements AutoCloseable {
    static final String IAMAT = "IAMAT kiwi +34-118 1400794645\n";
    static final String AT = "AT Alford +1.000000000 kiwi +34-118 1400794645\n";

    private final TestHerd herd;

    SingleServer(Path dir, ClientLimits limits, PlacesProvider places) throws IOException {
        herd = new TestHerd(dir, "Alford").limits(limits).places(places)
                .clock("Alford", new TestClock("1400794646")).startAll();
    }

    SingleServer(Path dir, PlacesProvider places) throws IOException {
        this(dir, TestSettings.LIMITS, places);
    }

    TestHerd herd() {
        return herd;
    }

    RawClient connect() throws IOException {
        return herd.connect("Alford");
    }

    /** Sends this on a new connection, says that no more will come, and returns all that is answered. */
    String answersTo(String sent) throws IOException {
        try (RawClient client = connect()) {
            client.send(sent);
            return client.finish();
        }
    }

    @Override
    public void close() {
        herd.close();
    }
}
