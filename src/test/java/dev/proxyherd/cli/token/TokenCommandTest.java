package dev.proxyherd.cli.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.cli.CommandRun;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.rights.Token;
import dev.proxyherd.rights.TokenFile;
import dev.proxyherd.rights.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code herd token}. */
class TokenCommandTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("tokens.json");
    }

    private CommandRun run(String... words) {
        List<String> all = new ArrayList<>(List.of("token"));
        all.addAll(Arrays.asList(words));
        all.addAll(List.of("--tokens", file.toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private Tokens tokens() throws IOException {
        return TokenFile.parse(file, Files.readAllBytes(file));
    }

    private static void assertRefused(CommandRun run, String... words) {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("herd: ").contains(words);
    }

    @Nested
    class Add {
        @Test
        void printsTheTokenAndKeepsItsHashOnly() throws IOException {
            CommandRun run = run("add", "ann", "--report", "ann/*", "--see", "ann/*", "--see", "J\u00fcrgen/?", "--title",
                    "Ann B.");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).matches("herd_[A-Za-z0-9_-]{43}\n");
            assertThat(run.err()).contains("the token of ann, shown this once", "within 3 s");
            assertThat(Files.readString(file)).doesNotContain(run.out().strip());
            Token ann = tokens().shown(run.out().strip());
            assertThat(ann).isNotNull();
            assertThat(ann.title()).isEqualTo("Ann B.");
            Rights rights = ann.rights();
            assertThat(rights.mayReport("ann/phone")).isTrue();
            assertThat(rights.mayReport("bob/phone")).isFalse();
            assertThat(rights.maySee("J\u00c3\u00bcrgen/1")).as("an ID is bytes").isTrue();
            assertThat(rights.admin()).isFalse();
        }

        @Test
        void makesAFileForItsOwnerOnly() throws IOException {
            run("add", "ops", "--admin");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(tokens().named("ops").rights().admin()).isTrue();
        }

        @Test
        void leavesTheGroupThatMayReadAndTakesTheRestFromOthers() throws IOException {
            run("add", "ops", "--admin");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            run("add", "ann", "--see", "*");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
        }

        @Test
        void keepsWhatIsThereAndTheLinkThatLeadsThere() throws IOException {
            run("add", "ann", "--report", "a\"\\<", "--see", "b");
            Token before = tokens().named("ann");
            Path real = file;
            file = Files.createSymbolicLink(folder.resolve("link.json"), real);
            run("add", "bob", "--see", "*");
            assertThat(Files.isSymbolicLink(file)).isTrue();
            file = real;
            assertThat(tokens().named("ann")).isEqualTo(before);
            assertThat(tokens().all()).extracting(Token::name).containsExactly("ann", "bob");
        }

        @Test
        void losesNothingWhenSeveralAreAddedAtOnce() throws IOException {
            List<CompletableFuture<CommandRun>> runs = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String name = "t" + i;
                runs.add(CompletableFuture.supplyAsync(() -> run("add", name, "--see", name)));
            }
            for (CompletableFuture<CommandRun> run : runs) {
                assertThat(run.join().code()).as(run.join().err()).isZero();
                assertThat(tokens().shown(run.join().out().strip())).isNotNull();
            }
            assertThat(tokens().all()).hasSize(20);
        }

        @Test
        void refusesWhatCannotBeMeant() throws IOException {
            assertRefused(run("add", "ann"), "say what the token lets do");
            assertRefused(run("add", "Ann B", "--admin"), "'Ann B' is no name");
            assertRefused(run("add", "ann", "--see", "ann phone"), "has white space", "%20");
            assertRefused(run("add", "ann", "--see", ""), "1 to 1024 bytes");
            assertRefused(run("add", "ann", "--admin", "--title", " "), "a title has");
            assertThat(file).doesNotExist();
            run("add", "ann", "--admin");
            assertRefused(run("add", "ann", "--see", "*"), "there is a token 'ann' already");
            assertThat(tokens().all()).hasSize(1);
        }

        @Test
        void leavesAFaultyFileAsItIs() throws IOException {
            Files.writeString(file, "{\"tokens\": [}");
            assertRefused(run("add", "ann", "--admin"), "tokens.json: line 1 column");
            assertThat(Files.readString(file)).isEqualTo("{\"tokens\": [}");
            try (var files = Files.list(folder)) {
                assertThat(files.map(path -> path.getFileName().toString())).as("no draft is left")
                        .containsExactlyInAnyOrder("tokens.json", ".tokens.json.lock");
            }
        }

        @Test
        void saysWhyTheFileCannotBe() {
            file = folder.resolve("none").resolve("tokens.json");
            assertRefused(run("add", "ann", "--admin"), "none", "no such file or folder");
            file = folder;
            assertRefused(run("add", "ann", "--admin"), "is no file that can be read again");
        }
    }

    @Nested
    class TheList {
        @Test
        void tellsWhoMayDoWhatAndNoHash() {
            run("add", "ann", "--report", "ann/*", "--see", "J\u00fcrgen", "--see", "ann/*", "--title", "Ann");
            run("add", "ops", "--admin");
            CommandRun list = run("list");
            assertThat(list.code()).isZero();
            assertThat(list.out()).isEqualTo("""
                    ann               report ann/*  see J\u00fcrgen ann/*  title Ann
                    ops               admin
                    """);
        }

        @Test
        void saysWhyAFileCannotBeRead() {
            assertRefused(run("list"), "tokens.json: no such file or folder");
            assertRefused(CommandRun.of("token", "list"), "--tokens FILE", "HERD_TOKENS");
        }
    }

    @Nested
    class Remove {
        @Test
        void endsAToken() throws IOException {
            run("add", "ann", "--admin");
            run("add", "bob", "--admin");
            CommandRun removed = run("remove", "ann");
            assertThat(removed.code()).isZero();
            assertThat(removed.err()).contains("the token of ann is removed");
            assertThat(tokens().all()).extracting(Token::name).containsExactly("bob");
        }

        @Test
        void exitsWithOneWhereThereIsNone() throws IOException {
            Files.writeString(file, "{ \"tokens\" : [] }");
            CommandRun removed = run("remove", "ann");
            assertThat(removed.code()).isEqualTo(1);
            assertThat(removed.err()).contains("there is no token 'ann' in " + file);
            assertThat(Files.readString(file)).as("nothing is written").isEqualTo("{ \"tokens\" : [] }");
        }
    }

    @Test
    void saysWhatThereIsToDo() {
        assertThat(CommandRun.of("token").code()).isEqualTo(2);
        assertThat(CommandRun.of("token").err()).contains("Say what to do with tokens: add, list or remove");
    }
}
