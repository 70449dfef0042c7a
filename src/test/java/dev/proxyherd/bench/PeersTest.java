package dev.proxyherd.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxyherd.Documents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The herds that ours is put beside: they are there, the documents show each of them, and they do what a herd must. */
class PeersTest {
    private static final Path PEERS = Path.of("src/test/bench/peers");
    private static final Path MEASURING = Path.of("src/doc/measuring.md");
    private static final Path THREADS = Path.of("src/doc/virtual-threads.md");
    private static final List<String> HERDS =
            List.of("herd, virtual threads", "Twisted", "asyncio, uvloop", "Node", "Go");

    /** The first says that what was asked for is not installed, the second that Python is not. */
    private static final List<Integer> SKIPPED = List.of(77, 127);

    @Test
    void areThereInSource() {
        assertThat(List.of("run", "python/twisted_herd.py", "python/asyncio_herd.py", "node/herd.js", "go/main.go"))
                .allSatisfy(source -> assertThat(PEERS.resolve(source)).isNotEmptyFile());
        assertThat(PEERS.resolve("run")).isExecutable();
    }

    @Test
    void standBesideOursInTheTables() throws IOException {
        String section = Documents.section(MEASURING, "Beside others");
        assertThat(tables(section)).as("tables of one server and of five").hasSize(2)
                .allSatisfy(table -> assertThat(names(table)).containsAll(HERDS).contains("Redis"));
        assertThat(tables(Files.readString(THREADS))).isNotEmpty()
                .allSatisfy(table -> assertThat(names(table)).containsAll(HERDS));
    }

    /** Each is followed by an empty line. */
    private static List<String> tables(String text) {
        return List.of(Documents.prose(text).split("\n\n")).stream().filter(part -> part.startsWith("| ")).toList();
    }

    private static List<String> names(String table) {
        return Documents.rows(table).stream().map(List::getFirst).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Twisted", "asyncio", "Node", "Go"})
    @Timeout(120)
    void floodAndCatchUp(String peer) throws IOException, InterruptedException {
        Process check = new ProcessBuilder(PEERS.resolve("run").toString(), "--check", "--only", peer)
                .redirectErrorStream(true).start();
        try {
            String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(check.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assumeTrue(!SKIPPED.contains(check.exitValue()), said);
            assertThat(check.exitValue()).as(said).isZero();
            assertThat(said).contains("speaks");
        } finally {
            check.destroy();
        }
    }
}
