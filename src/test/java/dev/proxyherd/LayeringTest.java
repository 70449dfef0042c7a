package dev.proxyherd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dependencies between packages point downwards only, as jdeps sees them in the classes themselves. */
class LayeringTest {
    private static final String ROOT = "dev.proxyherd.";
    private static final Pattern DEPENDENCY = Pattern.compile(" +(dev\\.proxyherd\\.\\S+) +-> (\\S+) +(.+)");
    private static final Pattern OF_THE_JDK = Pattern.compile("^(java|javax|jdk|com\\.sun\\.net\\.httpserver)\\b");

    private static final String HTTP_SERVER = "com.sun.net.httpserver";

    /** Annotations that the compiler reads, and no JVM; they may stand anywhere. */
    private static final String NULLNESS = "org.jspecify.annotations";

    /** What each package may use. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("protocol", Set.of()),
            Map.entry("io", Set.of()),
            Map.entry("tls", Set.of("io")),
            Map.entry("tls.sockets", Set.of("io", "tls")),
            Map.entry("foreign", Set.of("protocol")),
            Map.entry("geo", Set.of()),
            Map.entry("log", Set.of("io")),
            Map.entry("client", Set.of("io", "tls", "tls.sockets")),
            Map.entry("topology", Set.of("io", "protocol")),
            Map.entry("topology.draw", Set.of("topology.graph")),
            Map.entry("topology.graph", Set.of("topology")),
            Map.entry("topology.plan", Set.of("protocol", "topology", "topology.graph")),
            Map.entry("status", Set.of("topology")),
            Map.entry("status.json", Set.of("status", "topology")),
            Map.entry("store", Set.of("protocol")),
            Map.entry("journal.file", Set.of("protocol")),
            Map.entry("journal", Set.of("io", "journal.file", "protocol", "status", "store")),
            Map.entry("bench", Set.of("tls.sockets", "topology")),
            Map.entry("bench.load", Set.of("bench", "io", "tls.sockets", "topology")),
            Map.entry("bench.report", Set.of("bench", "topology")),
            Map.entry("cli",
                    Set.of("cli.ask", "cli.fence", "cli.kafka", "cli.measure", "cli.options", "cli.plan", "cli.play",
                            "cli.serve", "cli.token", "cli.watch", "topology")),
            Map.entry("cli.ask",
                    Set.of("cli.options", "client", "places", "places.document", "places.setup", "places.upstream",
                            "topology")),
            Map.entry("cli.measure",
                    Set.of("bench", "bench.load", "bench.report", "cli.options", "io", "tls.sockets", "topology")),
            Map.entry("cli.options",
                    Set.of("client", "io", "link.handshake", "link.seal", "places", "places.bundled", "places.setup",
                            "places.upstream", "server.files", "tls", "tls.sockets", "topology")),
            Map.entry("cli.plan",
                    Set.of("cli.options", "topology", "topology.draw", "topology.graph", "topology.plan")),
            Map.entry("cli.play",
                    Set.of("cli.options", "client", "places", "places.bundled", "tracks.formats", "tracks.play",
                            "tracks.read")),
            Map.entry("cli.serve",
                    Set.of("bench", "bench.load", "cli.options", "client", "fences.hooks", "gateway",
                            "gateway.access", "gateway.api", "gateway.http", "journal", "kafka", "link.handshake",
                            "link.seal", "link.session", "log", "mqtt", "mqtt.broker", "net", "places",
                            "places.bundled", "places.setup", "places.upstream", "protocol", "server", "server.files",
                            "server.process", "server.survey", "status", "tls", "tls.sockets", "topology")),
            Map.entry("cli.watch",
                    Set.of("cli.options", "link.handshake", "link.seal", "protocol", "server.survey", "status",
                            "status.json", "topology")),
            Map.entry("gateway",
                    Set.of("apps", "fences", "gateway.access", "gateway.api", "gateway.http",
                            "gateway.index",
                            "gateway.metrics", "gateway.reports", "gateway.request", "log", "places", "rights",
                            "status", "store", "topology")),
            Map.entry("gateway.access", Set.of("gateway.request", "rights")),
            Map.entry("gateway.api",
                    Set.of("fences", "foreign", "gateway.index", "gateway.request", "geo", "log", "places",
                            "places.document", "places.setup", "protocol", "rights", "status", "store", "topology")),
            Map.entry("gateway.http",
                    Set.of("foreign", "gateway.access", "gateway.request", "io", "log", "places.upstream",
                            "topology")),
            Map.entry("gateway.index", Set.of("geo", "log", "protocol", "rights", "store")),
            Map.entry("gateway.metrics",
                    Set.of("apps", "gateway.api", "gateway.http", "gateway.reports", "gateway.request",
                            "log",
                            "rights", "status")),
            Map.entry("gateway.reports",
                    Set.of("apps", "foreign", "gateway.index", "gateway.request", "log", "protocol", "rights",
                            "store")),
            Map.entry("gateway.request", Set.of("foreign", "geo", "rights")),
            Map.entry("link",
                    Set.of("io", "link.handshake", "link.inquiry", "link.seal", "link.session", "log", "protocol",
                            "status", "store", "topology")),
            Map.entry("link.dial", Set.of("io", "topology")),
            Map.entry("link.handshake", Set.of("io", "protocol")),
            Map.entry("link.inquiry",
                    Set.of("io", "link.dial", "link.handshake", "link.seal", "log", "protocol", "topology")),
            Map.entry("link.seal", Set.of("io", "link.handshake", "tls", "tls.sockets")),
            Map.entry("link.resync", Set.of("io", "protocol", "store")),
            Map.entry("link.session",
                    Set.of("io", "link.dial", "link.handshake", "link.resync", "link.seal", "log", "protocol",
                            "status", "store", "topology")),
            Map.entry("net",
                    Set.of("io", "log", "places", "places.document", "places.setup", "protocol", "rights", "store")),
            Map.entry("places", Set.of("geo", "protocol")),
            Map.entry("places.bundled", Set.of("geo", "places", "places.document")),
            Map.entry("places.document", Set.of("geo", "places", "protocol")),
            Map.entry("places.file", Set.of("foreign", "geo", "io", "places", "places.document", "places.upstream")),
            Map.entry("places.google", Set.of("geo", "places", "places.document", "places.upstream")),
            Map.entry("places.overpass", Set.of("geo", "places", "places.document", "places.upstream")),
            Map.entry("places.resilience", Set.of("places", "places.document", "places.upstream")),
            Map.entry("places.setup",
                    Set.of("io", "places", "places.document", "places.file", "places.google", "places.overpass",
                            "places.resilience", "places.upstream")),
            Map.entry("places.upstream", Set.of("geo", "places")),
            Map.entry("server",
                    Set.of("fences", "fences.follow", "fences.hooks", "gateway", "gateway.api", "gateway.index",
                            "gateway.metrics", "io", "journal", "kafka", "link", "link.handshake", "link.inquiry",
                            "link.seal", "link.session", "log", "mqtt", "net", "places", "places.bundled",
                            "places.setup", "protocol", "rights", "server.files", "status", "status.json", "store",
                            "tls", "tls.sockets", "topology")),
            Map.entry("server.files", Set.of("io", "journal", "link.handshake")),
            Map.entry("server.process",
                    Set.of("fences", "fences.file", "fences.hooks", "gateway", "gateway.api", "link.seal", "log",
                            "mqtt", "net", "places", "places.setup", "protocol", "rights", "server", "server.files",
                            "server.survey", "status", "store", "topology")),
            Map.entry("server.survey",
                    Set.of("io", "link.handshake", "link.inquiry", "link.seal", "log", "protocol", "status",
                            "status.json", "store", "topology")),
            Map.entry("tracks", Set.of("foreign")),
            Map.entry("tracks.formats", Set.of("foreign", "tracks")),
            Map.entry("tracks.play", Set.of("client", "foreign", "geo", "places", "tracks", "tracks.read")),
            Map.entry("tracks.read", Set.of("foreign", "geo", "io", "tracks", "tracks.formats")),
            Map.entry("fences", Set.of("io", "protocol", "store")),
            Map.entry("fences.file", Set.of("fences", "foreign", "geo", "log", "store")),
            Map.entry("fences.follow", Set.of("fences", "log", "protocol", "store")),
            Map.entry("fences.jts", Set.of("fences", "geo")),
            Map.entry("rights", Set.of("io", "store")),
            Map.entry("apps", Set.of("foreign", "log", "protocol", "rights", "store")),
            Map.entry("cli.fence",
                    Set.of("cli.options", "fences", "fences.file", "fences.hooks", "geo", "link.handshake")),
            Map.entry("cli.token", Set.of("cli.options", "io", "rights")),
            Map.entry("fences.hooks", Set.of("fences", "io", "log", "protocol")),
            Map.entry("mqtt",
                    Set.of("apps", "foreign", "io", "log", "mqtt.broker", "protocol", "rights", "status", "store",
                            "tls")),
            Map.entry("mqtt.broker", Set.of()),
            Map.entry("mqtt.hive", Set.of("mqtt.broker")),
            Map.entry("kafka", Set.of("io", "journal", "log", "protocol", "status", "store")),
            Map.entry("kafka.client",
                    Set.of("foreign", "io", "journal", "kafka", "log", "protocol", "status", "store")),
            Map.entry("cli.kafka", Set.of("cli.options", "kafka", "protocol")));

    /** What each package may use that is not the herd's own. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("places", Set.of("com.github.benmanes.caffeine", "com.google.gson")),
            Map.entry("topology", Set.of("com.google.gson")),
            Map.entry("gateway", Set.of("com.google.gson", "io.prometheus.metrics")),
            Map.entry("status", Set.of("com.google.gson")),
            Map.entry("tracks", Set.of("org.apache.commons.csv")),
            Map.entry("bench", Set.of("com.google.gson", "org.HdrHistogram")),
            Map.entry("cli", Set.of("picocli")),
            Map.entry("fences", Set.of("com.google.gson", "org.locationtech.jts")),
            Map.entry("apps", Set.of("com.google.gson")),
            Map.entry("rights", Set.of("com.google.gson")),
            Map.entry("mqtt", Set.of("com.hivemq.client")),
            Map.entry("kafka", Set.of("org.apache.kafka")));

    private static final Map<String, Set<String>> used = new TreeMap<>();
    private static final Map<String, Set<String>> modules = new TreeMap<>();

    @BeforeAll
    static void look() {
        Path classes = Path.of("target", "classes");
        assertThat(Files.isDirectory(classes)).as("the classes are compiled").isTrue();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int exit = jdeps.run(writer, writer, "--multi-release", "base", "--ignore-missing-deps", "-cp",
                System.getProperty("java.class.path"), "-verbose:package", "-filter:none", classes.toString());
        assertThat(exit).as(out.toString()).isZero();
        Stream<Matcher> found =
                out.toString().lines().filter(line -> !line.contains(NULLNESS)).map(DEPENDENCY::matcher);
        found.filter(Matcher::matches).forEach(line -> {
            String from = line.group(1).substring(ROOT.length());
            used.computeIfAbsent(from, name -> new TreeSet<>()).add(line.group(2));
            modules.computeIfAbsent(from, name -> new TreeSet<>()).add(line.group(3).strip());
        });
    }

    /** The outer room of an inner one. */
    private static String wing(String name) {
        return name.split("\\.")[0];
    }

    private static Set<String> ownPackages(String from) {
        Set<String> own = new TreeSet<>();
        used.get(from).stream().filter(name -> name.startsWith(ROOT))
                .forEach(name -> own.add(name.substring(ROOT.length())));
        own.remove(from);
        return own;
    }

    @Test
    void everyPackageHasItsPlace() {
        assertThat(ALLOWED.keySet()).containsAll(used.keySet());
        assertThat(used.keySet()).as("jdeps has seen the packages").contains("protocol", "net", "link", "server",
                "cli");
        assertThat(ownPackages("server")).as("and what they use of each other").contains("net", "link", "io",
                "protocol");
    }

    @Test
    void everyPackageUsesOnlyWhatLiesBelowIt() {
        used.keySet().forEach(
                name -> assertThat(ALLOWED.get(name)).as("what %s may use", name).containsAll(ownPackages(name)));
    }

    @Test
    void noRoomIsReachedAgainByFollowingWhatItUses() {
        used.keySet().forEach(name -> assertThat(reachedFrom(name)).as("what %s uses, and what that uses", name)
                .doesNotContain(name));
    }

    private static Set<String> reachedFrom(String name) {
        Set<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(ownPackages(name));
        while (!next.isEmpty()) {
            String one = next.pop();
            if (reached.add(one)) {
                next.addAll(ownPackages(one));
            }
        }
        return reached;
    }

    @Test
    void clientsNeighboursAndGatewayDoNotKnowEachOther() {
        Set<String> apart = Set.of("net", "link", "gateway");
        used.keySet().stream().filter(name -> apart.contains(wing(name)))
                .forEach(name -> assertThat(ownPackages(name)).as(name)
                        .allMatch(other -> wing(other).equals(wing(name)) || !apart.contains(wing(other))));
    }

    @Test
    void onlyOneRoomKnowsWhichHttpServerThereIs() {
        used.forEach((name, packages) -> {
            if (!name.equals("gateway.http")) {
                assertThat(packages).as(name).doesNotContain(HTTP_SERVER);
            }
        });
        assertThat(used.get("gateway.http")).as("jdeps sees it").contains(HTTP_SERVER);
    }

    @Test
    void theProtocolUsesValuesAndFunctionsOfJavaBaseOnly() {
        assertThat(modules.get("protocol")).isSubsetOf("java.base", "classes");
        assertThat(used.get("protocol")).isSubsetOf(
                "java.lang", "java.lang.invoke", "java.lang.runtime", "java.util", "java.util.function",
                "java.util.regex", "java.util.stream", "java.nio", "java.nio.charset", ROOT + "protocol");
    }

    @Test
    void noPackageTakesTheDesktop() {
        modules.forEach((name, of) -> assertThat(of).as(name).doesNotContain("java.desktop"));
    }

    @Test
    void librariesStayWhereTheyBelong() {
        used.forEach((name, packages) -> packages.stream()
                .filter(other -> !other.startsWith(ROOT) && !OF_THE_JDK.matcher(other).find())
                .forEach(other -> assertThat(LIBRARIES.getOrDefault(wing(name), Set.of())).as("%s uses %s", name, other)
                        .anyMatch(other::startsWith)));
    }
}
