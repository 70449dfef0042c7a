package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/herd} in a folder with a space, beside a jar that is built, with a Java that only writes down how it was called. */
class LauncherTest {
    private static final String JAVA = """
            #!/bin/sh
            echo "$@" >> "$CALLS"
            echo "$LC_ALL" > "$CALLS.locale"
            for word in "$@"; do
                case $word in
                    -XX:ArchiveClassesAtExit=*) archive=${word#*=} ;;
                    -XX:SharedArchiveFile=*) [ -f "${word#*=}" ] || exit 1 ;;
                    train) [ ! -e "$CALLS.failing" ] || exit 1; echo whole > "$archive" ;;
                esac
            done
            """;

    @TempDir
    private Path folder;

    private Path target;
    private Path archive;
    private Path calls;

    @BeforeEach
    void install() throws IOException {
        target = Files.createDirectories(folder.resolve("my home/target")).toRealPath();
        archive = target.resolve("herd-21.jsa");
        calls = folder.resolve("calls");
        Files.copy(Path.of("bin/herd"), Files.createDirectory(folder.resolve("my home/bin")).resolve("herd"));
        makeJar(Instant.now().minus(Duration.ofHours(1)));
        Path java = Files.writeString(Files.createDirectories(folder.resolve("java/bin")).resolve("java"), JAVA);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"21.0.1\"\n");
    }

    private void makeJar(Instant when) throws IOException {
        Path jar = Files.writeString(target.resolve("herd.jar"), "");
        Files.setLastModifiedTime(jar, FileTime.from(when));
    }

    /** Runs {@code herd up} and returns how Java was called for it, in turn. */
    private List<String> up() throws IOException {
        return up(Map.of());
    }

    private List<String> up(Map<String, String> environment) throws IOException {
        Files.deleteIfExists(calls);
        ProcessBuilder builder = new ProcessBuilder("sh", "bin/herd", "up").directory(folder.resolve("my home").toFile())
                .redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
        builder.environment().keySet().removeAll(Set.of("LC_ALL", "LC_CTYPE", "LANG"));
        builder.environment().putAll(environment);
        builder.environment().putAll(Map.of(
                "JAVA_HOME", folder.resolve("java").toString(), "CALLS", calls.toString()));
        Process process = builder.start();
        Await.until("it has ended", () -> !process.isAlive());
        assertThat(folder.resolve("out")).content().isEmpty();
        assertThat(process.exitValue()).isZero();
        List<String> lines = Files.readAllLines(calls);
        assertThat(lines).last().asString().endsWith("herd.jar up");
        return lines;
    }

    /** Where Java would read and print ASCII only, and send another client's ID than the one that was typed. */
    @Test
    void speaksUtf8UnlessTheLocaleHasAnotherCharset() throws IOException {
        Path locale = Path.of(calls + ".locale");
        for (Map<String, String> plain : List.of(Map.<String, String>of(), Map.of("LC_ALL", "C"), Map.of("LANG", "POSIX"))) {
            up(plain);
            assertThat(locale).as("with %s", plain).hasContent("C.UTF-8");
        }
        up(Map.of("LC_ALL", "de_DE.ISO-8859-1", "LANG", "C"));
        assertThat(locale).hasContent("de_DE.ISO-8859-1");
        up(Map.of("LANG", "de_DE.UTF-8"));
        assertThat(locale).hasContent("\n");
    }

    /** A shell's cd looks there first, and prints where it has gone. */
    @Test
    void findsItsHomeWhateverCdpathSays() throws IOException {
        Files.createDirectories(folder.resolve("other/bin"));
        assertThat(up(Map.of("CDPATH", folder.resolve("other").toString()))).last().asString()
                .contains("-jar " + target.resolve("herd.jar") + " up");
    }

    @Nested
    class TheClassArchive {
        @Test
        void isMadeOnceForAJarAndHasItsNameOnlyWhenItIsComplete() throws IOException {
            List<String> first = up();
            assertThat(first).hasSize(2).first().asString().endsWith(" train")
                    .contains("-XX:ArchiveClassesAtExit=" + archive + ".").doesNotContain("=" + archive + " ");
            assertThat(archive).hasContent("whole");
            assertThat(first).last().asString().contains("-XX:SharedArchiveFile=" + archive + " ");
            assertThat(up()).containsExactly(first.getLast());
            assertThat(target).isDirectoryNotContaining("glob:**.jsa.*");
        }

        @Test
        void isMadeAnewForANewerJar() throws IOException {
            up();
            makeJar(Instant.now().plus(Duration.ofHours(1)));
            assertThat(up()).first().asString().endsWith(" train");
        }

        @Test
        void isGoneWithoutWhenItCannotBeMadeUntilTheJarIsNewer() throws IOException {
            Path failing = Files.createFile(Path.of(calls + ".failing"));
            List<String> first = up();
            assertThat(first).hasSize(2).last().asString().doesNotContain("SharedArchiveFile");
            assertThat(up()).as("it is not tried again").containsExactly(first.getLast());
            Files.delete(failing);
            makeJar(Instant.now().plus(Duration.ofHours(1)));
            assertThat(up()).first().asString().endsWith(" train");
            assertThat(archive).hasContent("whole");
        }

        @Test
        void isGoneWithoutWhereTheFolderIsSomebodyElses() throws IOException {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
            try {
                Assumptions.assumeFalse(Files.isWritable(target), "root may write anywhere");
                assertThat(up()).singleElement().asString().doesNotContain("Archive");
            } finally {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
