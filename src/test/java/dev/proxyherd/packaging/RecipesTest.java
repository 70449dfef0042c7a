package dev.proxyherd.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.Documents;
import dev.proxyherd.cli.HerdProcess;
import dev.proxyherd.server.Await;
import dev.proxyherd.tls.TestAuthority;
import dev.proxyherd.tls.TestAuthority.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipes of operations.md, whose commands are run as they stand there, one after the other: six hosts, each with a
 * network and a folder of its own, and in place of scp a script that copies into these folders.
 */
@Timeout(600)
class RecipesTest {
    private static final List<String> FIVE = List.of("Alford", "Bolden", "Hamilton", "Parker", "Welsh");
    private static final String IN_THE_DOCUMENT = "10\\.0\\.0\\.";
    private static final String HERE = "10.99.0.";

    /** Long enough for five starts on a machine with other things to do. */
    private static final Duration LIMIT = Await.LIMIT.multipliedBy(3);

    private final Map<String, HerdProcess> running = new LinkedHashMap<>();

    @TempDir
    private Path dir;

    private Hosts hosts;

    private void makeHosts(String... names) throws IOException {
        hosts = new Hosts(dir, names);
        StringBuilder addresses = new StringBuilder();
        for (String name : names) {
            addresses.append(hosts.address(name)).append(' ').append(name).append('\n');
        }
        Files.writeString(dir.resolve("addresses"), addresses);
        Path scp = Files.writeString(dir.resolve("clone/bin/scp"), """
                #!/bin/sh -e
                for last; do :; done
                name=$(sed -n "s/^${last%%:} //p" '%1$s/addresses')
                [ "$1" != -p ] || shift
                while [ $# -gt 1 ]; do cp -p "$1" "%1$s/$name/"; shift; done
                """.formatted(dir));
        assertThat(scp.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void close() {
        if (hosts != null) {
            hosts.close();
        }
    }

    /** The commands of a recipe, block by block. */
    private static List<String> blocks(String recipe) throws IOException {
        return Documents.blocks(Documents.section(Documents.OPERATIONS, recipe)).stream()
                .filter(block -> block.language().equals("bash"))
                .map(block -> block.text().replaceAll(IN_THE_DOCUMENT, HERE)).toList();
    }

    private static Map<String, String> environment() {
        return Map.of("HERD_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Xmx256m");
    }

    private String run(String host, String commands) throws IOException {
        return hosts.run(host, environment(), commands);
    }

    private void start(String name) throws IOException {
        running.put(name, hosts.start(name, environment(), "herd up"));
    }

    private void startAll(List<String> names) throws IOException {
        for (String name : names) {
            start(name);
        }
        running.values().forEach(HerdProcess::awaitUp);
    }

    private void stop(String name) throws IOException {
        HerdProcess process = running.remove(name);
        process.signal("TERM");
        assertThat(process.exitCode()).as(process.err()).isEqualTo(143);
    }

    private void awaitAll(int servers) {
        Await.until("all " + servers + " know the same", LIMIT,
                () -> run("Alford", "herd status || true").contains("converged: all " + servers + " "));
    }

    /** Reports a client to a server, whom all must know in the end. */
    private void report(String client, String server) throws IOException {
        assertThat(run("Alford", "herd iamat " + client + " +34-118 --server " + server)).startsWith("AT " + server);
    }

    private void areKnown(String server, String... clients) throws IOException {
        for (String client : clients) {
            assertThat(run("Alford", "herd whatsat " + client + " 1 0 --server " + server)).startsWith("AT ");
        }
    }

    private void changeFile(String what, String with) throws IOException {
        Path file = hosts.folder("Alford").resolve("herd-topology.json");
        String before = Files.readString(file);
        assertThat(before).contains(what);
        Files.writeString(file, before.replace(what, with));
    }

    private void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void makeAHerdLetItGrowAndShrinkAndBringItThroughAllThatIsToBeDone() throws Exception {
        makeHosts("Alford", "Bolden", "Hamilton", "Parker", "Welsh", "Zeta");
        List<String> first = blocks("The first five hosts");
        assertThat(first).hasSize(3);
        assertThat(first.get(1)).isEqualTo("herd up\n");
        run("Alford", first.get(0));
        startAll(FIVE);
        assertThat(run("Alford", first.get(2))).contains("AT Alford ", "kiwi", "\"status\" : \"OK\"");

        addAndRemove();

        for (String name : FIVE) {
            stop(name);
            report("while-" + name + "-was-away", name.equals("Alford") ? "Bolden" : "Alford");
            start(name);
            running.get(name).awaitUp();
            run("Alford", blocks("Upgrade one by one").getFirst());
        }
        awaitAll(5);
        areKnown("Hamilton", "kiwi", "while-Alford-was-away", "while-Welsh-was-away");

        backUpAndRestore();

        for (String name : FIVE) {
            report("before-" + name, name);
        }
        run("Alford", blocks("Rotate the secret").getFirst());
        for (String name : FIVE) {
            stop(name);
            start(name);
            running.get(name).awaitUp();
            report("of-two-herds-" + name, name);
        }
        awaitAll(5);
        areKnown("Parker", "before-Welsh", "of-two-herds-Alford", "of-two-herds-Welsh");
    }

    private void addAndRemove() throws IOException {
        String recipe = Documents.section(Documents.OPERATIONS, "Add a server").replaceAll(IN_THE_DOCUMENT, HERE);
        String server = "\"Zeta\": {\"host\": \"" + hosts.address("Zeta") + "\", \"port\": 12000}";
        String links = "[\"Zeta\", \"Hamilton\"], [\"Zeta\", \"Alford\"]";
        assertThat(recipe).contains('`' + server + '`', "`[\"Zeta\", \"Hamilton\"]`", "`[\"Zeta\", \"Alford\"]`");
        changeFile("\"Welsh\": ", server + ",\n    \"Welsh\": ");
        changeFile("[\"Welsh\", \"Alford\"]", "[\"Welsh\", \"Alford\"], " + links);
        run("Alford", blocks("Add a server").getFirst());
        start("Zeta");
        running.get("Zeta").awaitUp();
        awaitAll(6);
        areKnown("Zeta", "kiwi");
        report("heard-by-zeta", "Zeta");

        changeFile(server + ",\n    ", "");
        changeFile(", " + links, "");
        run("Alford", blocks("Remove a server").getFirst());
        Await.until("Zeta's links are down", LIMIT, () -> {
            String log = Files.readString(hosts.folder("Zeta").resolve("state/server-Zeta.log"));
            return log.contains("link to Alford") && log.contains("down") && running.get("Zeta").err()
                    .contains("has no server 'Zeta' any more");
        });
        stop("Zeta");
        awaitAll(5);
        areKnown("Welsh", "heard-by-zeta");
    }

    private void backUpAndRestore() throws IOException {
        run("Parker", blocks("Back up").getFirst());
        for (String name : FIVE) {
            stop(name);
            deleteAll(hosts.folder(name).resolve("state"));
        }
        run("Parker", blocks("Restore").getFirst());
        startAll(FIVE);
        awaitAll(5);
        areKnown("Hamilton", "kiwi", "heard-by-zeta", "while-Welsh-was-away");
    }

    @Test
    void renewCertificatesOfRunningServers() throws Exception {
        makeHosts("Alford", "Bolden");
        TestAuthority authority = new TestAuthority("herd authority");
        Files.writeString(hosts.folder("Alford").resolve("herd-topology.json"),
                """
                        {"servers": {"Alford": {"host": "10.99.0.1", "port": 12000},
                        "Bolden": {"host": "10.99.0.2", "port": 12000}}, "links": [["Alford", "Bolden"]],
                        "secretFile": "herd-secret", "tlsCert": "tls.crt", "tlsKey": "tls.key", "tlsCa": "ca.crt"}""");
        run("Alford", "openssl rand -hex 32 > herd-secret; scp herd-topology.json herd-secret 10.99.0.2:");
        List<String> both = List.of("Alford", "Bolden");
        for (String name : both) {
            write(authority, name, hosts.folder(name), 5);
        }
        startAll(both);
        awaitAll(2);
        assertThat(run("Alford", "herd status")).contains("certificate", " 4 days");
        for (String name : both) {
            write(authority, name, hosts.folder(name).resolve("renewed"), 90);
            run(name, blocks("Renew certificates").getFirst());
        }
        Await.until("the new ones are used", LIMIT, () -> {
            String status = run("Bolden", "herd status");
            return !status.contains(" 4 days") && status.contains(" 89 days");
        });
        for (String name : both) {
            assertThat(running.get(name).err()).as(name).doesNotContain("fault");
        }
    }

    private static void write(TestAuthority authority, String name, Path folder, int days) throws IOException {
        Instant now = Instant.now();
        authority.write(folder, authority.issue(name,
                new Wanted().dns(name).valid(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(days)))));
    }

    /** A block that no test above takes would be one that nobody has run. */
    @Test
    void areAllRun() throws IOException {
        List<String> all = new ArrayList<>();
        Documents.blocks(Files.readString(Documents.OPERATIONS)).stream()
                .filter(block -> block.language().equals("bash"))
                .forEach(block -> all.add(block.text().replaceAll(IN_THE_DOCUMENT, HERE)));
        List<String> run = new ArrayList<>(blocks("The first five hosts"));
        for (String recipe : List.of("Add a server", "Remove a server", "Upgrade one by one", "Back up", "Restore",
                "Renew certificates", "Rotate the secret")) {
            assertThat(blocks(recipe)).as(recipe).hasSize(1);
            run.addAll(blocks(recipe));
        }
        assertThat(all).isEqualTo(run);
    }
}
