package dev.proxyherd.server;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.follow.Following;
import dev.proxyherd.gateway.GatewaySettings;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.journal.Rejoin;
import dev.proxyherd.kafka.KafkaSettings;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.seal.Credentials;
import dev.proxyherd.link.seal.LinkTls;
import dev.proxyherd.link.seal.Sealing;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.setup.DocumentBudget;
import dev.proxyherd.places.setup.Lookups;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.server.files.StateSettings;
import dev.proxyherd.server.process.HerdForgetting;
import dev.proxyherd.server.process.StatusCache;
import dev.proxyherd.server.survey.HerdSurvey;
import dev.proxyherd.status.ForgetOutcome;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.tls.SelfSigned;
import dev.proxyherd.tls.TlsFiles;
import dev.proxyherd.tls.TlsSet;
import dev.proxyherd.topology.HerdSettings;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import dev.proxyherd.topology.TopologyHash;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Real servers in this process, on free loopback ports. First say what they are like, then start them; closing stops
 * those that run.
 */
public final class TestHerd implements AutoCloseable {
    /** The secret of all servers that have not been given another. */
    private static final long OUTBOX_BYTES = 1024 * 1024;

    public static final String SECRET = "5ec2e7f03a7e575061c0de0000112233445566778899aabbccddeeff01234567";

    private final Path stateDir;
    private final Map<String, ServerAddress> addresses = new LinkedHashMap<>();
    private final Map<String, Map<String, ServerAddress>> neighbours = new LinkedHashMap<>();
    private final Map<String, InstantSource> clocks = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Map<List<String>, FaultyProxy> proxies = new LinkedHashMap<>();
    private final Map<String, HerdServer> running = new ConcurrentHashMap<>();
    private final Map<String, Queue<String>> warnings = new ConcurrentHashMap<>();
    private final Map<String, TlsFiles> tlsFiles = new LinkedHashMap<>();
    private final Map<String, ServerAddress> listenTls = new LinkedHashMap<>();
    private boolean httpTls;
    private TokenSettings tokens = TokenSettings.NONE;
    private LinkTls linkTls = LinkTls.AUTO;
    private ClientLimits limits = TestSettings.LIMITS;
    private LinkTiming timing = TestSettings.TIMING;
    private SecureRandom random = new SecureRandom();
    private FsyncPolicy fsync;
    private Reloads reloads = Reloads::none;
    private String herd = "0";
    private Duration expireAfter = Duration.ZERO;
    private Duration forgetKeep = Duration.ZERO;
    private Rejoin rejoin = Rejoin.ASK;
    private KafkaSettings kafka;
    private PlacesProvider places = StubPlaces.giving(StubPlaces.document(3));
    private DocumentBudget budget = DocumentBudget.ofHeap();
    private Supplier<Fences> fences;
    private BiConsumer<String, List<Crossing>> crossings = (name, told) -> {};

    public TestHerd(Path stateDir, String... names) {
        this.stateDir = stateDir;
        for (String name : names) {
            addresses.put(name, new ServerAddress("127.0.0.1", FreePorts.next()));
            neighbours.put(name, new LinkedHashMap<>());
        }
    }

    /** Links in the shape of the shipped topology, for its five servers. */
    public static TestHerd ofFive(Path stateDir) {
        return new TestHerd(stateDir, "Alford", "Bolden", "Hamilton", "Parker", "Welsh")
                .link("Alford", "Parker").link("Alford", "Welsh")
                .link("Bolden", "Parker").link("Bolden", "Welsh")
                .link("Hamilton", "Parker");
    }

    /** Makes two servers neighbours. */
    public TestHerd link(String one, String other) {
        neighbours.get(one).put(other, addresses.get(other));
        neighbours.get(other).put(one, addresses.get(one));
        return this;
    }

    /** Lets servers that start from now on follow clients in fences; null for none. */
    public TestHerd fences(Supplier<Fences> source) {
        fences = source;
        return this;
    }

    /** Tells of the crossings of servers that start from now on, with the server's name. */
    public TestHerd crossings(BiConsumer<String, List<Crossing>> listener) {
        crossings = listener;
        return this;
    }

    /** Lets one server reach a neighbour at this port, where the test listens. */
    public TestHerd neighbour(String of, String name, int port) {
        return neighbour(of, name, "127.0.0.1", port);
    }

    /** Lets one server look for a neighbour at this address. */
    public TestHerd neighbour(String of, String name, String host, int port) {
        neighbours.get(of).put(name, new ServerAddress(host, port));
        return this;
    }

    /** Puts a proxy into every link, one for each direction of dialling. */
    public TestHerd throughProxies() throws IOException {
        for (String name : names()) {
            for (String neighbour : neighbours.get(name).keySet()) {
                FaultyProxy proxy = new FaultyProxy(port(neighbour));
                proxies.put(List.of(name, neighbour), proxy);
                neighbour(name, neighbour, proxy.port());
            }
        }
        return this;
    }

    /** The proxy through which a server dials a neighbour. */
    public FaultyProxy proxy(String dialler, String neighbour) {
        return proxies.get(List.of(dialler, neighbour));
    }

    public Collection<FaultyProxy> proxies() {
        return proxies.values();
    }

    public TestHerd limits(ClientLimits value) {
        limits = value;
        return this;
    }

    /** Which links are in TLS. */
    public TestHerd linkTls(LinkTls value) {
        linkTls = value;
        return this;
    }

    /** Gives one server certificates. */
    public TestHerd tls(String name, TlsFiles files) {
        tlsFiles.put(name, files);
        return this;
    }

    /** What all servers ask of clients that are started from now on. */
    public TestHerd tokens(TokenSettings settings) {
        tokens = settings;
        return this;
    }

    /** Has HTTP ports speak HTTPS. */
    public TestHerd httpTls() {
        httpTls = true;
        return this;
    }

    /** Lets one server accept clients in TLS, and returns the port. */
    public int listenTls(String name) {
        ServerAddress address = new ServerAddress("127.0.0.1", FreePorts.next());
        listenTls.put(name, address);
        return address.port();
    }

    public TestHerd timing(LinkTiming value) {
        timing = value;
        return this;
    }

    public TestHerd places(PlacesProvider value) {
        places = value;
        return this;
    }

    /** Bounds the documents of all servers together that clients have not taken. */
    public TestHerd budget(DocumentBudget value) {
        budget = value;
        return this;
    }

    /** Lets servers keep a journal; null, as at first, lets them keep none. */
    public TestHerd journal(FsyncPolicy value) {
        fsync = value;
        return this;
    }

    public TestHerd expireAfter(Duration value) {
        expireAfter = value;
        return this;
    }

    public TestHerd forgetKeep(Duration value) {
        forgetKeep = value;
        return this;
    }

    /** What is said of a journal that is older than that, to servers that are started from now on. */
    public TestHerd rejoin(Rejoin value) {
        rejoin = value;
        return this;
    }

    /** Has servers that are started from now on share a topic with other herds. */
    public TestHerd kafka(KafkaSettings value) {
        kafka = value;
        return this;
    }

    /** Gives one server a clock; the others have the system's. */
    public TestHerd clock(String name, InstantSource clock) {
        clocks.put(name, clock);
        return this;
    }

    /** Lets servers make their nonces by this. */
    public TestHerd random(SecureRandom value) {
        random = value;
        return this;
    }

    /** Gives one server a secret of its own. */
    public TestHerd secret(String name, String secret) {
        secrets.put(name, secret);
        return this;
    }

    public TestHerd startAll() throws IOException {
        for (String name : names()) {
            start(name);
        }
        return this;
    }

    public HerdServer start(String name) throws IOException {
        HerdServer server = HerdServer.start(config(name));
        running.put(name, server);
        Following following = server.following();
        if (following != null) {
            following.tell(told -> crossings.accept(name, told));
        }
        return server;
    }

    /** What a server is started with. */
    public ServerConfig config(String name) {
        return new ServerConfig(node(name),
                new ServerSettings(Secret.of(secrets.getOrDefault(name, SECRET)), timing, limits,
                        new StateSettings(stateDir, 1L << 30, fsync, expireAfter, forgetKeep, rejoin), tls(name),
                        tokens, kafka),
                new ServerContext(new Lookups(places, budget), clocks.getOrDefault(name, InstantSource.system()),
                        (server, dry) -> reloads.reload(server, dry), warnings(name)::add, random,
                        fences == null ? null : new FenceSettings(fences, OUTBOX_BYTES, null)));
    }

    /** A server's place in the herd as it is linked now. */
    public Node node(String name) {
        return new Node(ServerName.of(name), addresses.get(name), "127.0.0.1",
                new LinkedHashMap<>(neighbours.get(name)), Set.copyOf(addresses.keySet()), herd);
    }

    /** Who reads servers' topology files again, where somebody asks one to. */
    public TestHerd reloads(Reloads value) {
        reloads = value;
        return this;
    }

    /** One more server, which nobody knows yet. */
    public TestHerd add(String name) {
        return add(name, FreePorts.next());
    }

    /** One more server, on this port. */
    public TestHerd add(String name, int port) {
        addresses.put(name, new ServerAddress("127.0.0.1", port));
        neighbours.put(name, new LinkedHashMap<>());
        return this;
    }

    /** Takes a link away. */
    public TestHerd unlink(String one, String other) {
        neighbours.get(one).remove(other);
        neighbours.get(other).remove(one);
        return this;
    }

    /** Takes a server, which may go on running, out of the herd, with all links that others have to it. */
    public TestHerd remove(String name) {
        addresses.remove(name);
        neighbours.values().forEach(known -> known.remove(name));
        return this;
    }

    /** Gives a server another port, by which its neighbours know it from now on. */
    public TestHerd move(String name) {
        ServerAddress there = new ServerAddress("127.0.0.1", FreePorts.next());
        addresses.put(name, there);
        neighbours.values().forEach(known -> known.computeIfPresent(name, (one, before) -> there));
        return this;
    }

    /** Lets these servers change to the herd as it is linked now. */
    public TestHerd change(String... names) throws IOException {
        herd = TopologyHash.of(topology(), Map.of());
        for (String name : names) {
            running.get(name).change(node(name), limits);
        }
        return this;
    }

    /** The running server of this name. */
    public HerdServer server(String name) {
        return running.get(name);
    }

    /** What a server has warned of on the error output, also before it was stopped. */
    public Queue<String> warnings(String name) {
        return warnings.computeIfAbsent(name, one -> new ConcurrentLinkedQueue<>());
    }

    /** Waits until a server has warned of something that contains this text. */
    public void awaitWarning(String name, String text) {
        Await.until(name + " warns '" + text + "': " + warnings(name),
                () -> warnings(name).stream().anyMatch(one -> one.contains(text)));
    }

    /**
     * Starts a second server of a name, with the same secret and neighbours, on a port and in a folder of its own; its
     * warnings count as those of {@code name'}. Whoever starts it stops it.
     */
    public HerdServer startNamesake(String name, Path folder) throws IOException {
        ServerConfig first = config(name);
        StateSettings state = new StateSettings(folder, 1L << 30, null, expireAfter, forgetKeep, Rejoin.ASK);
        Node node = new Node(first.name(), new ServerAddress("127.0.0.1", FreePorts.next()), "127.0.0.1",
                first.node().neighbours(), first.node().servers(), first.node().herd());
        ServerSettings settings = first.settings();
        return HerdServer.start(new ServerConfig(node,
                new ServerSettings(settings.secret(), settings.timing(), settings.limits(), state, tls(name),
                        settings.tokens(), kafka),
                new ServerContext(first.context().places(), first.context().clock(), Reloads::none,
                        warnings(name + "'")::add, first.context().random())));
    }

    /** Opens an HTTP port of a running server, and returns it. */
    public int openHttp(String name) throws IOException {
        return URI
                .create(running.get(name).openHttp(GatewaySettings.loopback(0), () -> statusCache(name).seenFrom(name),
                        new HerdForgetting(running.get(name), this::topology)).url())
                .getPort();
    }

    public void stop(String name) {
        HerdServer server = running.remove(name);
        if (server != null) {
            server.stop();
        }
    }

    public Set<String> names() {
        return addresses.keySet();
    }

    public boolean isRunning(String name) {
        return running.containsKey(name);
    }

    public int port(String name) {
        return addresses.get(name).port();
    }

    public RawClient connect(String name) throws IOException {
        return new RawClient(port(name));
    }

    /** The AT line that a server has stored for a client, or null. */
    public String stored(String name, String client) {
        LocationStore store = running.get(name).store();
        return store.find(client) == null ? null : store.find(client).toString();
    }

    /** Lets one server write down that a client is forgotten; returns the GONE line. */
    public String forget(String name, String client) throws IOException {
        return running.get(name).forget(client, 0);
    }

    /** Has the herd forget clients, from the HTTP port of one server. */
    public ForgetOutcome forgetEverywhere(String name, String client) throws IOException {
        try {
            return new HerdForgetting(running.get(name), this::topology).forget(client);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts a location into a server's store; links that start later teach it. */
    public void merge(String name, Location location) {
        running.get(name).store().merge(location);
    }

    /** Lets a server forget all it knows, while its links stay up. */
    public void dropAll(String name) {
        running.get(name).store().dropBefore(new Cutoffs(Long.MAX_VALUE, Long.MAX_VALUE));
    }

    /** How a running server is. */
    public ServerStatus status(String name) {
        return running.get(name).status(Cutoffs.NONE);
    }

    /** The herd as the process of one server shows it. */
    public StatusCache statusCache(String name) {
        return new StatusCache(this::topology, List.of(running.get(name)), running.get(name).credentials());
    }

    /** Asks all servers how they are, over the wire. */
    public HerdSurvey survey() {
        return new HerdSurvey(topology(), credentials(), Duration.ofSeconds(5));
    }

    /** What a command of this herd has that was given no certificate. */
    public Credentials credentials() {
        return new Credentials(Secret.of(SECRET), new Sealing(linkTls,
                () -> new TlsSet(SelfSigned.make("herd-command"), null), InstantSource.system()));
    }

    private TlsSettings tls(String name) {
        return new TlsSettings(linkTls, tlsFiles.get(name), listenTls, httpTls);
    }

    /** The herd as it is linked now. */
    public Topology topology() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        addresses.keySet().forEach(name -> names.put(name, new LinkedHashSet<>(neighbours.get(name).keySet())));
        return new Topology(addresses, names, new HerdSettings(Map.of(), Map.of()));
    }

    /** How many clients a server has in a bucket of its store. */
    public int bucket(String name, int bucket) {
        return running.get(name).store().bucket(bucket).size();
    }

    /** The bucket of a server's store that a client belongs to. */
    public int bucketOf(String name, String client) {
        return running.get(name).store().bucketOf(Location.idOnly(client));
    }

    /** All that a server has stored: AT lines by client. */
    public Map<String, String> stored(String name) {
        Map<String, String> lines = new TreeMap<>();
        running.get(name).store().forEach(location -> lines.put(location.client(), location.toString()));
        return lines;
    }

    /** Waits until all running servers have stored the same, this many clients. */
    public Map<String, String> awaitSameStores(String when, int clients) {
        Map<String, String> first = new TreeMap<>();
        Await.until("all servers have stored the same " + clients + " clients, " + when, () -> {
            first.clear();
            Set<Map<String, String>> different = new HashSet<>();
            running.keySet().forEach(name -> different.add(stored(name)));
            different.forEach(first::putAll);
            return different.size() == 1 && first.size() == clients;
        });
        return first;
    }

    /** What a server has logged so far; all of it once the server has stopped. */
    public String log(String name) throws IOException {
        return Files.readString(stateDir.resolve("server-" + name + ".log"), StandardCharsets.ISO_8859_1);
    }

    /** Waits until a server has logged a line that contains this text. */
    public void awaitLog(String name, String text) {
        Await.until(name + " logs '" + text + "'", () -> log(name).contains(text));
    }

    /** Waits until all links between running servers are up, both ways. */
    public TestHerd awaitLinks() {
        Await.until("all links are up", () -> running.keySet().stream().allMatch(this::isLinked));
        return this;
    }

    private boolean isLinked(String name) {
        return status(name).links().stream().filter(link -> running.containsKey(link.neighbour()))
                .allMatch(link -> link.up() && link.incoming());
    }

    @Override
    public void close() {
        running.values().parallelStream().forEach(HerdServer::stop);
        running.clear();
        proxies.values().forEach(FaultyProxy::close);
    }
}
