package dev.proxyherd.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.link.handshake.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key that was derived from a secret is found again at the next start, and believed only when it is that secret's. */
class KeptKeyTest {
    private static final String TEXT = "correct horse battery staple";

    @TempDir
    private Path dir;

    private final List<String> warnings = new ArrayList<>();
    private Path folder;
    private Path file;

    @BeforeEach
    void choose() {
        folder = dir.resolve("state");
        file = folder.resolve("secret-key");
    }

    private String keyOf(String secret) {
        return keyOf(secret, true);
    }

    private String keyOf(String secret, boolean keeps) {
        Secret made = Secret.of(secret.getBytes(StandardCharsets.UTF_8), new KeptKey(folder, keeps, warnings::add));
        return HexFormat.of().formatHex(made.derive("a test"));
    }

    private String derivedOf(String secret) {
        return HexFormat.of().formatHex(Secret.of(secret).derive("a test"));
    }

    @Test
    void isKeptForItsOwnerOnlyAndFoundAgain() throws IOException {
        String key = keyOf(TEXT);
        assertThat(key).isEqualTo(derivedOf(TEXT));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
        assertThat(Files.readString(file)).doesNotContain("horse");
        Object made = Files.getAttribute(file, "unix:ino");
        assertThat(keyOf(TEXT)).isEqualTo(key);
        assertThat(Files.getAttribute(file, "unix:ino")).as("it is not made anew").isEqualTo(made);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void ofTheSecretBeforeIsReplacedAndTold() throws IOException {
        keyOf(TEXT);
        String other = "another secret than that";
        assertThat(keyOf(other)).isEqualTo(derivedOf(other)).isNotEqualTo(derivedOf(TEXT));
        assertThat(warnings).singleElement().asString().contains(file.toString(), "is of another secret, or damaged",
                "derived from the secret anew");
        assertThat(keyOf(other)).isEqualTo(derivedOf(other));
        assertThat(warnings).hasSize(1);
    }

    /** Whoever may write to the file must not choose the herd's key. */
    @Test
    void thatWasPlantedOrDamagedIsNotBelieved() throws IOException {
        String key = keyOf(TEXT);
        String content = Files.readString(file);
        char first = content.charAt("herd key ".length());
        Files.writeString(file, "herd key " + (first == '0' ? '1' : '0') + content.substring("herd key ".length() + 1));
        assertThat(keyOf(TEXT)).isEqualTo(key);
        assertThat(warnings).singleElement().asString().contains("damaged");
        assertThat(Files.readString(file)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "herd key 00 00\n", "long"})
    void thatIsNoneIsMadeAnewAndTold(String content) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(file, content.equals("long") ? "x".repeat(100_000) : content);
        assertThat(keyOf(TEXT)).isEqualTo(derivedOf(TEXT));
        assertThat(warnings).last().asString().contains(file + " is none");
        assertThat(Files.readString(file)).startsWith("herd key ");
    }

    @Test
    void thatCannotBeReadIsToldAndTheServerStartsNevertheless() throws IOException {
        Files.createDirectories(file.resolve("a folder in its place"));
        assertThat(keyOf(TEXT)).isEqualTo(derivedOf(TEXT));
        assertThat(warnings).hasSize(2);
        assertThat(warnings.getLast()).contains("each start derives it anew", file.toString());
    }

    @Test
    void thatOthersMayReadIsClosedAndTold() throws IOException {
        String key = keyOf(TEXT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(keyOf(TEXT)).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(warnings).singleElement().asString().contains(file.toString(), "closed now", "another secret");
    }

    @Test
    void isUsedByCommandsWhichPutNoneThereAndSayNothing() throws IOException {
        assertThat(keyOf(TEXT, false)).isEqualTo(derivedOf(TEXT));
        assertThat(folder).doesNotExist();
        String key = keyOf(TEXT);
        String content = Files.readString(file);
        assertThat(keyOf(TEXT, false)).isEqualTo(key);
        assertThat(keyOf("another secret than that", false)).isNotEqualTo(key);
        assertThat(Files.readString(file)).isEqualTo(content);
    }
}
