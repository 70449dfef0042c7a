package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever cannot be read or written is named once, with the reason; root may read everything, but not a link to itself. */
class UnusableFilesTest {
    @TempDir
    private Path folder;

    private Path topology;

    @BeforeEach
    void makeFiles() throws IOException {
        topology = Files.writeString(folder.resolve("city.json"),
                "{\"servers\": {\"Alford\": {\"host\": \"127.0.0.1\", \"port\": 1}}}");
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        Files.createDirectories(folder.resolve("logless/server-Alford.log"));
        Files.createDirectories(folder.resolve("lockless/server-Alford.lock"));
        Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef");
        OwnerOnly.tighten(folder.resolve("secret"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "status --topology FOLDER/loop                              | FOLDER/loop",
        "status --topology FOLDER/none                              | FOLDER/none",
        "replay FOLDER/loop                                         | FOLDER/loop",
        "replay FOLDER/none                                         | FOLDER/none",
        "status --secret-file FOLDER/loop                           | FOLDER/loop",
        "status --secret-file FOLDER/none                           | FOLDER/none",
        "status --state-dir FOLDER/loop                             | FOLDER/loop",
        "--name Alford --state-dir FOLDER/loop                      | FOLDER/loop",
        "--name Alford --state-dir FOLDER/secret/in                 | FOLDER/secret",
        "--name Alford --secret-file FOLDER/secret --state-dir FOLDER/logless  | FOLDER/logless/server-Alford.log",
        "--name Alford --secret-file FOLDER/secret --state-dir FOLDER/lockless | FOLDER/lockless/server-Alford.lock",
        "places 1 2 3 --places google --places-key-file FOLDER/loop | FOLDER/loop",
        "places 1 2 3 --places google --places-key-file FOLDER/none | FOLDER/none",
        "places 1 2 3 --places file:FOLDER/loop                     | FOLDER/loop",
        "places 1 2 3 --places file:FOLDER/none                     | FOLDER/none"})
    void areNamedOnceAndWithTheReason(String command, String named) {
        String path = named.replace("FOLDER", folder.toString());
        String line = command.replace("FOLDER", folder.toString());
        CommandRun run = CommandRun.of(Stream.concat(Stream.of(line.split(" +")),
                line.contains("--topology") || line.startsWith("places") ? Stream.empty()
                        : Stream.of("--topology", topology.toString()))
                .toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isNotZero();
        assertThat(run.err().lines().findFirst().orElseThrow()).containsOnlyOnce(path)
                .doesNotContain("Exception", "null")
                .containsAnyOf("no such file or folder", "Too many levels of symbolic links", "Is a directory",
                        "is there already, and is no folder", "Not a directory");
    }
}
