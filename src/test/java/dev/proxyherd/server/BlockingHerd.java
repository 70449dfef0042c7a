package dev.proxyherd.server;

import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.journal.Rejoin;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.net.ConnectionLimits;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.document.DocumentScanner;
import dev.proxyherd.places.setup.DocumentBudget;
import dev.proxyherd.places.setup.Lookups;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.server.files.StateSettings;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A server whose every WHATSAT reads a file, as code does that thinks nothing of it: where that is a pipe, the call blocks until
 * somebody writes to it. {@code src/test/bench/peers/run} measures what others notice. It uses nothing but the jar, so
 * {@code java -cp target/herd.jar} runs this source as it is.
 */
final class BlockingHerd {
    private static final int MOST_CLIENTS = 2_000_000;
    private static final long LOG_BYTES = 1L << 30;

    private BlockingHerd() {
    }

    /** Reads one file for every query, and does not look at the query. */
    private record ReadingPlaces(Path file) implements PlacesProvider {
        @Override
        public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
            try {
                return DocumentScanner.scan(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    /** Takes the port, the state folder and the file; runs until it is killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ServerAddress listen = new ServerAddress("127.0.0.1", Integer.parseInt(arguments[0]));
        ClientLimits limits = new ClientLimits(new ConnectionLimits(16_000, 0), 8192, Duration.ofMinutes(15),
                Duration.ofSeconds(30), Duration.ofMinutes(1), MOST_CLIENTS);
        StateSettings state = new StateSettings(Path.of(arguments[1]), LOG_BYTES, FsyncPolicy.EVERYSEC, Duration.ZERO,
                Duration.ZERO, Rejoin.ASK);
        Lookups places = new Lookups(new ReadingPlaces(Path.of(arguments[2])), DocumentBudget.ofHeap());
        Consumer<String> warnings = System.err::println;
        try (HerdServer server = HerdServer.start(new ServerConfig(
                new Node(ServerName.of("Alford"), listen, listen.host(), Map.of(), Set.of(), ""),
                new ServerSettings(Secret.of("0123456789abcdef".repeat(4)), LinkTiming.standard(), limits, state,
                        TlsSettings.STANDARD, TokenSettings.NONE, null),
                new ServerContext(places, Clock.systemUTC(), Reloads::none, warnings,
                        new SecureRandom())))) {
            Thread.currentThread().join();
        }
    }
}
