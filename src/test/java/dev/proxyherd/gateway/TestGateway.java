package dev.proxyherd.gateway;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingListener;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.gateway.access.AccessRules;
import dev.proxyherd.gateway.http.PortSettings;
import dev.proxyherd.gateway.index.ChangeLog;
import dev.proxyherd.gateway.index.ClientSource;
import dev.proxyherd.gateway.metrics.Meters;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.places.PlaceLabel;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.CommandParser;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.server.StubPlaces;
import dev.proxyherd.status.ClockReading;
import dev.proxyherd.status.ForgetOutcome;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.JournalStatus;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.RoomStatus;
import dev.proxyherd.status.ServerAnswer;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.status.TopologyStatus;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.Forgetter;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Reports;
import dev.proxyherd.store.UpdateListener;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** A gateway on a free port, with a store of its own and no herd around it. */
public final class TestGateway implements AutoCloseable {
    static final String PLACES = """
            {
               "html_attributions" : [ "Listed by <a href=\\"https://example.org/\\">Example</a>" ],
               "results" : [
                  { "name" : "One", "vicinity" : "Here", "geometry" : { "location" : { "lat" : 34.07, "lng" : -118.44 } } },
                  { "name" : "Two", "vicinity" : "There", "geometry" : { "location" : { "lat" : 34.08, "lng" : -118.43 } } }
               ],
               "status" : "OK"
            }
            """;

    public final LocationStore store = new LocationStore();
    final AtomicLong cutoffNanos = new AtomicLong();
    /** What the feed's thread is to meet when it next asks for the cutoff; null for nothing. */
    final AtomicReference<RuntimeException> feedsFault = new AtomicReference<>();
    final AtomicBoolean ready = new AtomicBoolean(true);
    public final AtomicInteger settled = new AtomicInteger();
    final AtomicInteger statusAsked = new AtomicInteger();
    /** The servers that cannot be asked when a client is to be forgotten, and why. */
    final Map<String, String> unasked = new ConcurrentHashMap<>();

    /** What asking for the herd's state ends with, if anything: a RuntimeException or an Error. */
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    volatile Fences fences = Fences.NONE;
    private final List<CrossingListener> crossingListeners = new CopyOnWriteArrayList<>();
    final Reports reports;
    private final InstantSource clock;
    private final List<UpdateListener> listeners = new CopyOnWriteArrayList<>();
    private final Path logFile;
    private final TrafficLog log;
    private final Gateway gateway;

    public TestGateway(Path dir) throws IOException {
        this(dir, GatewaySettings.loopback(0), InstantSource.system());
    }

    public TestGateway(Path dir, GatewaySettings settings, InstantSource clock) throws IOException {
        this(dir, settings, clock, StubPlaces.giving(PLACES), System::nanoTime);
    }

    /** @param nanos by which it ends requests that take too long */
    public TestGateway(Path dir, GatewaySettings settings, InstantSource clock, PlacesProvider places,
            LongSupplier nanos)
            throws IOException {
        this(dir, settings, clock, places, nanos, ChangeLog.MAX_FORGOTTEN);
    }

    /** @param maxForgotten how many forgotten clients it keeps for subscribers */
    public TestGateway(Path dir, GatewaySettings settings, InstantSource clock, PlacesProvider places,
            LongSupplier nanos,
            int maxForgotten) throws IOException {
        logFile = dir.resolve("server-Alford.log");
        log = TrafficLog.open(logFile, 1 << 24, clock, "Alford", warning -> {});
        this.clock = clock;
        reports = new Reports(ServerName.of("Alford"), intake(), () -> Duration.ofHours(24), warning -> {});
        gateway =
                Gateway.open(
                        settings, new GatewayParts(
                                clients(), new ClientChanges(reports, this::forget), new MapPlaces(places,
                                        (west, south, east, north, limit) -> List
                                                .of(new PlaceLabel("Westwood", 34.06, -118.44, 3000))),
                                new ServerTelemetry(this::herd,
                                        () -> ready.get() ? null : "the server still reads its journal, or is stopping",
                                        () -> 5, new Meters()),
                                log, clock, new FenceSource(() -> fences, crossingListeners::add, () -> 0, () -> 0)),
                        nanos, maxForgotten);
    }

    /** Settings of a port on a loopback address. */
    public static GatewaySettings settings(AccessRules access, int requestsPerHost, boolean takesNullIsland,
            boolean plotsPlaces) {
        return new GatewaySettings(new PortSettings(new ServerAddress("127.0.0.1", 0), 1, access, requestsPerHost),
                takesNullIsland, plotsPlaces);
    }

    /** One whose clock stands at 2026-05-22T21:40:00.5Z, shortly after the phones of these tests have reported. */
    public static TestGateway standingStill(Path dir) throws IOException {
        return new TestGateway(dir, GatewaySettings.loopback(0),
                InstantSource.fixed(Instant.parse("2026-05-22T21:40:00.5Z")));
    }

    private Intake intake() {
        return new Intake() {
            @Override
            public boolean take(Location location, String fromNeighbour) {
                if (store.merge(location)) {
                    listeners.forEach(listener -> listener.updated(location, fromNeighbour == null, fromNeighbour));
                }
                return true;
            }

            @Override
            public void settle() {
                settled.incrementAndGet();
            }
        };
    }

    private ClientSource clients() {
        return new ClientSource() {
            @Override
            public Location find(String client) {
                return isForgotten(client) ? null : store.find(client);
            }

            @Override
            public boolean isForgotten(String client) {
                Location location = store.find(client);
                return location != null && location.isGone();
            }

            @Override
            public int forgotten() {
                return store.forgotten();
            }

            @Override
            public int size() {
                return store.size();
            }

            @Override
            public Iterator<Location> all() {
                return IntStream.range(0, LocationStore.BUCKETS).boxed()
                        .flatMap(bucket -> store.bucket(bucket).stream()).iterator();
            }

            @Override
            public void subscribe(UpdateListener listener) {
                listeners.add(listener);
            }

            @Override
            public long cutoffNanos() {
                RuntimeException fault =
                        Thread.currentThread().getName().equals("feed") ? feedsFault.getAndSet(null) : null;
                if (fault != null) {
                    throw fault;
                }
                return cutoffNanos.get();
            }
        };
    }

    /** As a herd of this one server would. */
    private ForgetOutcome forget(String client) {
        if (store.find(client) == null) {
            return new ForgetOutcome(Map.of(), List.of(client), Map.of(), List.of());
        }
        String line = new Forgetter(ServerName.of("Alford"), store, intake(), clock).forget(client, 0).toString();
        return new ForgetOutcome(Map.of(client, line), List.of(), unasked, List.of());
    }

    private HerdStatus herd() {
        statusAsked.incrementAndGet();
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalArgumentException(e);
        }
        ServerStatus alford = new ServerStatus("Alford", 0, 0, 2, 1, "0123456789abcdef", 0, 0, 3,
                new RoomStatus(2, true, 40, 5, 6, 7),
                List.of(new LinkStatus("Welsh", true, null, 7, 250, 1, 100, 9000, 0, true, null, 42),
                        new LinkStatus("Parker", false, "no route", 0, -1, 2, 5, 400, 0, true, null, -1)),
                new JournalStatus(4096, 17, true, null, 0, 0, null), new TopologyStatus("0", null), 1_900_000_000_000L);
        return new HerdStatus("Alford", List.of(
                ServerAnswer.of("Alford", new ServerAddress("127.0.0.1", 12_000), alford, new ClockReading(0, 0)),
                ServerAnswer.none("Welsh", new ServerAddress("127.0.0.1", 12_004), List.of("Alford"),
                        new ServerAnswer.Failure("no answer", ServerAnswer.Failure.Kind.SILENT))));
    }

    public int port() {
        return gateway.address().port();
    }

    String url() {
        return gateway.url();
    }

    /** What a client's IAMAT would do: {@code "kiwi +34-118 1400794645"}. */
    public void hear(String report) {
        byte[] line = ("IAMAT " + report).getBytes(StandardCharsets.UTF_8);
        reports.hear((Command.IAmAt) CommandParser.parse(line, 0, line.length), Expiry.nanos(clock.instant()));
    }

    /** The AT line that it has stored for a client, or "null". */
    public String at(String client) {
        return String.valueOf(store.find(client));
    }

    /** What the following thread would tell. */
    void cross(Crossing crossing) {
        crossingListeners.forEach(listener -> listener.crossed(List.of(crossing)));
    }

    int listeners() {
        return listeners.size();
    }

    /** What has been logged; the log is closed for that, so this comes last. */
    public String logged() throws IOException {
        log.close();
        return Files.readString(logFile, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        gateway.close();
        log.close();
    }
}
