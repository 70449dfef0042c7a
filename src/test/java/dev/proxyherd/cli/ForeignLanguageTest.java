package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.ForeignLanguage;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The command line of somebody whose language has digits of its own. */
@ExtendWith(ForeignLanguage.class)
@ResourceLock(Resources.LOCALE)
@ResourceLock(Resources.SYSTEM_OUT)
class ForeignLanguageTest {
    @TempDir
    private Path dir;

    private String topology(TestHerd herd) throws IOException {
        return Files.writeString(dir.resolve("city.json"),
                "{\"servers\": {\"Alford\": {\"host\": \"127.0.0.1\", \"port\": " + herd.port("Alford") + "}}}")
                .toString();
    }

    @Test
    void reportsATimeThatTheServerUnderstands() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford").startAll()) {
            CommandRun run =
                    CommandRun.of("iamat", "--topology", topology(herd), "--server", "Alford", "kiwi", "+34-118");

            assertThat(run.err()).isEmpty();
            assertThat(run.code()).isZero();
            assertThat(herd.stored("Alford", "kiwi")).matches("AT Alford \\S+ kiwi \\+34-118 \\d{10}\\.\\d{9}");
        }
    }

    @Test
    void showsTheTableOfServersAsToAnybody() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford").startAll()) {
            Path secret = Files.writeString(dir.resolve("secret"), TestHerd.SECRET);

            CommandRun run = CommandRun.of("status", "--topology", topology(herd), "--secret-file", secret.toString());

            assertThat(run.out()).containsPattern("(?m)^Alford +up +0 clients, digest 0{16}, ");
        }
    }
}
