package dev.proxyherd.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code herd places} with places that cannot be read: its first bytes say gzip, and the rest is none. */
class PlacesCommandTest {
    @TempDir
    private Path folder;

    private Path broken;

    @BeforeEach
    void write() throws IOException {
        broken = Files.write(folder.resolve("broken.gz"), new byte[] {0x1f, (byte) 0x8b, 1, 2, 3});
    }

    private Path topology(String settings) throws IOException {
        return Files.writeString(folder.resolve("city.json"),
                "{\"servers\": {\"A\": {\"host\": \"127.0.0.1\", \"port\": 1}}" + settings + "}");
    }

    private static void check(CommandRun run) {
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("herd: The places could not be read: check the file.");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        check(CommandRun.of("places", "51", "-1", "2", "--topology", topology("").toString(),
                "--places", "file:" + broken));
    }

    @Nested
    class WithAFallback {
        @Test
        void onItsCommandLineSaysWhatIsWrongAllTheSame() throws IOException {
            check(CommandRun.of("places", "51", "-1", "2", "--topology", topology("").toString(),
                    "--places", "file:" + broken, "--places-fallback", "bundled"));
        }

        @Test
        void inTheTopologyFileSaysWhatIsWrongAllTheSame() throws IOException {
            Path topology = topology(", \"places\": \"file:" + broken + "\", \"placesFallback\": \"bundled\"");
            check(CommandRun.of("places", "51", "-1", "2", "--topology", topology.toString()));
        }
    }
}
