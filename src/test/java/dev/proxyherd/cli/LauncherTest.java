package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.SystemCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/herd} in a folder with a space, beside a jar that is built, with a Java that only writes down how it was called. */
class LauncherTest {
    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -XshowSettings:properties ]; then
                [ -e "$CALLS.mute" ] && exit 126
                echo "    java.home = $(cd "$(dirname "$0")/.." && pwd)" >&2
                echo "    java.specification.version = 21" >&2
                exit
            fi
            { ( exec 3<&0 ) && echo in; ( exec 3>&1 ) && echo out; ( exec 3>&2 ) && echo err; } > "$CALLS.open" 2> /dev/null
            echo "$0" > "$CALLS.java"
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
        makeProgram("java/bin/java", JAVA);
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
        return run(environment, "sh", "bin/herd", "up");
    }

    /** @param environment beside that in which herd runs by itself; an empty value takes a variable away */
    private List<String> run(Map<String, String> environment, String... command) throws IOException {
        Files.deleteIfExists(calls);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.resolve("my home").toFile())
                .redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().putAll(Map.of(
                "JAVA_HOME", folder.resolve("java").toString(), "CALLS", calls.toString()));
        builder.environment().putAll(environment);
        builder.environment().values().removeIf(String::isEmpty);
        Process process = builder.start();
        Await.until("it has ended", () -> !process.isAlive());
        assertThat(folder.resolve("out")).content().isEmpty();
        assertThat(process.exitValue()).isZero();
        List<String> lines = Files.readAllLines(calls);
        assertThat(lines).last().asString().endsWith("herd.jar up");
        return lines;
    }

    private Path makeProgram(String path, String script) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Path program = Files.writeString(folder.resolve(path), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    /** Where programs are looked for when this folder comes first. */
    private String pathFrom(String first) {
        return folder.resolve(first) + File.pathSeparator + System.getenv("PATH");
    }

    /** So a package lays it out. */
    @Test
    void takesTheJavaThatLiesBesideItAndTheJarThatIsThereToo() throws IOException {
        Path home = target.getParent();
        makeProgram("my home/runtime/bin/java", JAVA);
        Files.writeString(home.resolve("runtime/release"), "JAVA_VERSION=\"21.0.1\"\n");
        Files.move(target.resolve("herd.jar"), home.resolve("herd.jar"));
        Files.delete(target);
        assertThat(up()).last().asString().contains("-XX:SharedArchiveFile=" + home.resolve("herd-21.jsa"),
                "-Dherd.home=/etc/herd", "-jar " + home.resolve("herd.jar") + " up");
        assertThat(folder.resolve("calls.java")).content().startsWith(home.resolve("runtime/bin/java").toString());
        assertThat(target).doesNotExist();
    }

    /** A shell's cd looks there first, and prints where it has gone. */
    @Test
    void findsItsHomeWhateverCdpathSays() throws IOException {
        Files.createDirectories(folder.resolve("other/bin"));
        assertThat(up(Map.of("CDPATH", folder.resolve("other").toString()))).last().asString()
                .contains("-jar " + target.resolve("herd.jar") + " up");
    }

    /** Where Java would read and print ASCII only, and send another client's ID than the one that was typed. */
    @Nested
    class TheLocale {
        private void assertLocale(Map<String, String> variables, String expected) throws IOException {
            up(variables);
            assertThat(Path.of(calls + ".locale")).as("with %s", variables).hasContent(expected);
        }

        @Test
        void isOneOfUtf8InsteadOfThePlainestOne() throws IOException {
            assertLocale(Map.of(), "C.UTF-8");
            assertLocale(Map.of("LC_ALL", "C"), "C.UTF-8");
            assertLocale(Map.of("LANG", "POSIX"), "C.UTF-8");
        }

        @Test
        void isOneOfUtf8InsteadOfOneThatIsNamedAndNotInstalled() throws IOException {
            assertLocale(Map.of("LANG", "xx_XX.UTF-8"), "C.UTF-8");
            assertLocale(Map.of("LANG", "C.UTF-8", "LC_ALL", "xx_XX.UTF-8"), "C.UTF-8");
            assertLocale(Map.of("LANG", "C.UTF-8", "LC_CTYPE", "UTF-8"), "C.UTF-8");
        }

        /** As an SSH client sends it to a machine that lacks it: Java then goes without all of them. */
        @Test
        void isOneOfUtf8InsteadOfOneOfWhichAnyPartIsNotInstalled() throws IOException {
            assertLocale(Map.of("LANG", "C.UTF-8", "LC_TIME", "xx_XX.UTF-8"), "C.UTF-8");
        }

        @Test
        void isAnotherOfUtf8WhereThatOneIsNotInstalled() throws IOException {
            makeProgram("locales/locale",
                    "#!/bin/sh\n[ \"${LC_ALL:-}\" = en_US.UTF-8 ] && echo UTF-8 || echo US-ASCII\n");
            assertLocale(Map.of("PATH", pathFrom("locales")), "en_US.UTF-8");
        }

        @Test
        void staysWhereItHasACharsetOfItsOwn() throws IOException {
            assertLocale(Map.of("LANG", "C.UTF-8"), "\n");
            makeProgram("locales/locale", "#!/bin/sh\necho ISO-8859-1\n");
            assertLocale(Map.of("LC_ALL", "de_DE.ISO-8859-1", "LANG", "C", "PATH", pathFrom("locales")),
                    "de_DE.ISO-8859-1");
            assertLocale(Map.of("LANG", "de_DE.ISO-8859-1", "PATH", pathFrom("locales")), "\n");
        }

        @Test
        void isJudgedByItsNameWhereNoProgramTellsItsEffect() throws IOException {
            for (String tool : List.of("readlink", "dirname", "find", "head", "mkdir", "mv", "rm", "touch")) {
                makeProgram("few/" + tool, "#!/bin/sh\nexec " + onPath(tool) + " \"$@\"\n");
            }
            String few = folder.resolve("few").toString();
            assertLocale(Map.of("PATH", few, "LANG", "C"), "C.UTF-8");
            assertLocale(Map.of("PATH", few, "LANG", "de_DE.UTF-8"), "\n");
        }

        private static Path onPath(String tool) {
            return Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(dir -> Path.of(dir, tool))
                    .filter(Files::isExecutable).findFirst().orElseThrow();
        }
    }

    /** Whose number Java's first file would take: of a closed input, it would send its own library to the server. */
    @Nested
    class AClosedStream {
        @ParameterizedTest
        @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&- 2>&-"})
        void isNotLeftClosed(String closing) throws IOException {
            run(Map.of(), "sh", "-c", "exec sh bin/herd up " + closing);
            assertThat(Path.of(calls + ".open")).hasContent("in\nout\nerr");
        }

        @Test
        void givesNothingToReadAndTakesNothing() throws IOException {
            makeProgram("java/bin/java", "#!/bin/sh\ncat > \"$CALLS.in\"\n"
                    + "echo hidden 2> /dev/null && echo taken >> \"$CALLS.in\"\necho \"$@\" > \"$CALLS\"\n");
            run(Map.of(), "sh", "-c", "exec sh bin/herd up <&- >&-");
            assertThat(Path.of(calls + ".in")).isEmptyFile();
        }
    }

    @Nested
    class AJavaWithoutAReleaseFile {
        private void assertRan(String java) {
            assertThat(Path.of(calls + ".java")).hasContent(folder.resolve(java).toString());
        }

        @BeforeEach
        void deleteRelease() throws IOException {
            Files.delete(folder.resolve("java/release"));
        }

        @Test
        void isAskedForItsVersion() throws IOException {
            up();
            assertRan("java/bin/java");
        }

        @Test
        void isAskedWhereTheFileDoesNotTell() throws IOException {
            Files.writeString(folder.resolve("java/release"), "IMPLEMENTOR=\"somebody\"\n");
            up();
            assertRan("java/bin/java");
        }

        /** As those of asdf, jenv and sdkman. */
        @Test
        void mayBeAScriptOnThePathThatPicksAnother() throws IOException {
            makeProgram("shims/java", "#!/bin/sh\nexec '" + folder.resolve("java/bin/java") + "' \"$@\"\n");
            up(Map.of("JAVA_HOME", "", "PATH", pathFrom("shims")));
            assertRan("java/bin/java");
        }

        /** As that of mise. */
        @Test
        void mayBeALinkToAProgramThatGoesByTheNameOfTheLink() throws IOException {
            Path picker = makeProgram("picker/pick", "#!/bin/sh\n[ \"${0##*/}\" = java ] || exit 1\nexec '"
                    + folder.resolve("java/bin/java") + "' \"$@\"\n");
            Files.createSymbolicLink(Files.createDirectory(folder.resolve("shims")).resolve("java"), picker);
            up(Map.of("JAVA_HOME", "", "PATH", pathFrom("shims")));
            assertRan("java/bin/java");
        }

        @Test
        void isPassedOverWhenItDoesNotAnswer() throws IOException {
            Files.createFile(Path.of(calls + ".mute"));
            makeProgram("other/bin/java", JAVA);
            Files.writeString(folder.resolve("other/release"), "JAVA_VERSION=\"21.0.1\"\n");
            up(Map.of("PATH", pathFrom("other/bin")));
            assertRan("other/bin/java");
        }

        @Test
        void isPassedOverWhenItIsTooOld() throws IOException {
            makeProgram("java/bin/java", JAVA.replace("version = 21", "version = 1.8"));
            makeProgram("other/bin/java", JAVA);
            up(Map.of("PATH", pathFrom("other/bin")));
            assertRan("other/bin/java");
        }
    }

    @Nested
    class ItsShell {
        static Stream<String> shells() {
            return Stream.of("dash", "bash", "bash --posix", "busybox sh", "mksh", "yash", "ksh", "zsh --emulate sh")
                    .filter(shell -> SystemCommand.run("sh", "-c", shell + " -c :"));
        }

        @ParameterizedTest
        @MethodSource("shells")
        void mayBeAnyThatFollowsPosix(String shell) throws IOException {
            Files.delete(folder.resolve("java/release"));
            List<String> first = run(Map.of(), "sh", "-c", "exec " + shell + " bin/herd up <&-");
            assertThat(first).hasSize(2).first().asString().endsWith(" train");
            assertThat(Path.of(calls + ".open")).content().contains("in");
            assertThat(Path.of(calls + ".locale")).hasContent("C.UTF-8");
        }

        @Test
        void findsNothingToComplainOf() {
            Assumptions.assumeTrue(SystemCommand.run("shellcheck", "--version"), "shellcheck is not here");
            assertThat(SystemCommand.run("shellcheck", "--shell=sh", "bin/herd")).as("run shellcheck bin/herd")
                    .isTrue();
        }
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
