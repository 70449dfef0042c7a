package dev.proxyherd.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.link.handshake.Passphrase;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may look into a server's files: its owner, whatever the umask, since they hold everybody's whereabouts. */
class FileModesTest {
    @TempDir
    private Path dir;

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void chmod(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static Map<String, String> modes(Path folder) throws IOException {
        Map<String, String> modes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                modes.put(file.getFileName().toString(), mode(file));
            }
        }
        return modes;
    }

    private static void run(Path folder) throws IOException {
        try (TestHerd herd = new TestHerd(folder, "Alford").journal(FsyncPolicy.ALWAYS).startAll();
                RawClient client = herd.connect("Alford")) {
            assertThat(client.ask("IAMAT kiwi +34-118 1")).startsWith("AT Alford ");
        }
    }

    @Test
    void aNewFolderAndItsFilesAreForTheirOwnerOnly() throws IOException {
        Path folder = dir.resolve("state");
        run(folder);
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(modes(folder))
                .isEqualTo(Map.of("server-Alford.journal", "rw-------", "server-Alford.journal.alive", "rw-------",
                        "server-Alford.lock", "rw-------",
                        "server-Alford.log", "rw-------"));
    }

    @Test
    void whatAnEarlierVersionLeftOpenIsClosed() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("state"));
        run(folder);
        Files.writeString(folder.resolve("server-Alford.log.1"), "an older log\n");
        for (String file : modes(folder).keySet()) {
            chmod(folder.resolve(file), "rw-rw-r--");
        }
        chmod(folder, "rwxr-xr-x");
        run(folder);
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(modes(folder)).hasSize(5)
                .allSatisfy((file, mode) -> assertThat(mode).as(file).isEqualTo("rw-------"));
    }

    @Test
    void aFolderThatHoldsOtherThingsStaysAsItIs() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("home"));
        Files.writeString(folder.resolve("letter"), "Dear herd\n");
        chmod(folder.resolve("letter"), "rw-r--r--");
        chmod(folder, "rwxr-xr-x");
        run(folder);
        assertThat(mode(folder)).isEqualTo("rwxr-xr-x");
        assertThat(mode(folder.resolve("letter"))).isEqualTo("rw-r--r--");
        assertThat(mode(folder.resolve("server-Alford.journal"))).isEqualTo("rw-------");
    }

    @Test
    void whereOthersMayWriteTheOwnerIsWarned() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("shared"));
        Files.writeString(folder.resolve("letter"), "Dear herd\n");
        chmod(folder, "rwxrwxrwx");
        List<String> warnings = new ArrayList<>();
        StateFolder.prepare(folder, warnings::add);
        assertThat(warnings).singleElement().asString().contains("others may write to the state folder " + folder,
                "chmod go-w");
    }

    @Test
    void aSecretThatOthersMayReadIsWarnedOf() throws IOException {
        Path secret = dir.resolve("state/secret");
        SecretFile.readOrMake(secret, Passphrase::key);
        assertThat(mode(secret.getParent())).isEqualTo("rwx------");
        assertThat(SecretFile.warning(secret)).isNull();
        chmod(secret, "rw-r--r--");
        assertThat(SecretFile.warning(secret)).contains(secret.toString(), "chmod 600");
    }
}
