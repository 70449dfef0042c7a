package dev.proxyherd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Annotations that the compiler reads, and no JVM; they may stand anywhere. */
    private static final String NULLNESS = "org.jspecify.annotations";

    private static final Set<String> BELOW_SERVER =
            Set.of("net", "link", "gateway", "io", "store", "places", "log", "topology", "protocol");

    /** What each package may use. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("protocol", Set.of()),
            Map.entry("io", Set.of()),
            Map.entry("log", Set.of("io")),
            Map.entry("client", Set.of("io")),
            Map.entry("store", Set.of("io", "protocol")),
            Map.entry("topology", Set.of("io", "protocol")),
            Map.entry("places", Set.of("io", "protocol", "foreign")),
            Map.entry("link", Set.of("io", "store", "log", "topology", "protocol")),
            Map.entry("net", Set.of("io", "store", "places", "log", "protocol")),
            Map.entry("foreign", Set.of()),
            Map.entry("gateway", Set.of("io", "store", "places", "log", "topology", "protocol", "foreign")),
            Map.entry("tracks", Set.of("io", "client", "places", "foreign")),
            Map.entry("bench", Set.of("io", "topology")),
            Map.entry("server", BELOW_SERVER),
            Map.entry("cli", union(BELOW_SERVER, Set.of("server", "client", "bench", "tracks"))));

    /** What each package may use that is not the herd's own. */
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "places", Set.of("com.google.gson"),
            "topology", Set.of("com.google.gson"),
            "gateway", Set.of("com.google.gson", "io.prometheus.metrics"),
            "server", Set.of("com.google.gson"),
            "tracks", Set.of("org.apache.commons.csv"),
            "bench", Set.of("com.google.gson", "org.HdrHistogram"),
            "cli", Set.of("picocli", "com.google.gson"));

    private static final Map<String, Set<String>> used = new TreeMap<>();
    private static final Map<String, Set<String>> modules = new TreeMap<>();

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new TreeSet<>(one);
        union.addAll(other);
        return union;
    }

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
        Stream<Matcher> found = out.toString().lines().filter(line -> !line.contains(NULLNESS)).map(DEPENDENCY::matcher);
        found.filter(Matcher::matches).forEach(line -> {
            String from = line.group(1).substring(ROOT.length());
            used.computeIfAbsent(from, name -> new TreeSet<>()).add(line.group(2));
            modules.computeIfAbsent(from, name -> new TreeSet<>()).add(line.group(3).strip());
        });
    }

    private static Set<String> ownPackages(String from) {
        Set<String> own = new TreeSet<>();
        used.get(from).stream().filter(name -> name.startsWith(ROOT)).forEach(name -> own.add(name.substring(ROOT.length())));
        own.remove(from);
        return own;
    }

    @Test
    void everyPackageHasItsPlace() {
        assertThat(ALLOWED.keySet()).containsAll(used.keySet());
        assertThat(used.keySet()).as("jdeps has seen the packages").contains("protocol", "net", "link", "server", "cli");
        assertThat(ownPackages("server")).as("and what they use of each other").contains("net", "link", "io", "protocol");
    }

    @Test
    void everyPackageUsesOnlyWhatLiesBelowIt() {
        used.keySet().forEach(name -> assertThat(ALLOWED.get(name)).as("what %s may use", name).containsAll(ownPackages(name)));
    }

    @Test
    void clientsNeighboursAndGatewayDoNotKnowEachOther() {
        Set<String> apart = Set.of("net", "link", "gateway");
        used.keySet().stream().filter(apart::contains)
                .forEach(name -> assertThat(ownPackages(name)).as(name).doesNotContainAnyElementsOf(apart));
    }

    @Test
    void theProtocolUsesValuesAndFunctionsOfJavaBaseOnly() {
        assertThat(modules.get("protocol")).isSubsetOf("java.base", "classes");
        assertThat(used.get("protocol")).isSubsetOf(
                "java.lang", "java.lang.invoke", "java.lang.runtime", "java.util", "java.util.regex", "java.nio",
                "java.nio.charset", ROOT + "protocol");
    }

    @Test
    void librariesStayWhereTheyBelong() {
        used.forEach((name, packages) -> packages.stream()
                .filter(other -> !other.startsWith(ROOT) && !OF_THE_JDK.matcher(other).find())
                .forEach(other -> assertThat(LIBRARIES.getOrDefault(name, Set.of())).as("%s uses %s", name, other)
                        .anyMatch(other::startsWith)));
    }
}
