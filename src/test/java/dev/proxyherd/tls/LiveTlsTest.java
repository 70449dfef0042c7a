package dev.proxyherd.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are renewed without a stop. */
class LiveTlsTest {
    @TempDir
    private Path dir;

    private final TestAuthority authority = new TestAuthority("root");
    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private TlsFiles files;
    private LiveTls live;
    private TlsSet first;

    @BeforeEach
    void open() throws IOException {
        files = authority.files(dir.resolve("1"), "Alford");
        openLive();
    }

    private void openLive() throws IOException {
        live = new LiveTls(files, notes::add, warnings::add);
        first = live.current();
    }

    @Test
    void whatHasNotChangedIsNotReadAgain() throws IOException {
        Files.setLastModifiedTime(files.key(), java.nio.file.attribute.FileTime.fromMillis(1));
        live.look();
        assertThat(live.current()).isSameAs(first);
        assertThat(notes).isEmpty();
    }

    @Test
    void aSetThatHasChangedIsUsed() throws IOException {
        authority.files(dir.resolve("1"), "Alford");
        live.look();
        assertThat(live.current()).isNotSameAs(first);
        assertThat(live.current().identity().chain()).isNotEqualTo(first.identity().chain());
        assertThat(notes).singleElement().asString().contains("new connections use the certificate CN=Alford");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aHalfWrittenSetIsToldOnceAndTheOneBeforeGoesOn() throws IOException {
        TlsFiles next = authority.files(dir.resolve("2"), "Alford");
        Files.copy(next.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
        live.look();
        live.look();
        assertThat(live.current()).isSameAs(first);
        assertThat(warnings).singleElement().asString()
                .startsWith("the changed certificates are not used, and those before are: the key in ");
        Files.copy(next.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
        live.look();
        assertThat(live.current().identity().chain()).isEqualTo(next.read().identity().chain());
    }

    @Test
    void whatIsGoneOrBadIsToldAgainAfterItWasGood() throws IOException {
        byte[] good = Files.readAllBytes(files.authorities());
        for (int i = 0; i < 2; i++) {
            Files.delete(files.authorities());
            live.look();
            live.look();
            Files.write(files.authorities(), good);
            live.look();
        }
        assertThat(warnings).hasSize(2).allMatch(one -> one.contains("ca.crt: no such file"));
        assertThat(live.current()).isSameAs(first);
    }

    @Test
    void linksThatAreSwappedAsKubernetesDoesAreFollowed() throws IOException {
        authority.files(dir.resolve("2"), "Alford");
        Path data = Files.createSymbolicLink(dir.resolve("..data"), dir.resolve("1"));
        Path mount = Files.createDirectory(dir.resolve("mount"));
        for (String name : List.of("tls.crt", "tls.key", "ca.crt")) {
            Files.createSymbolicLink(mount.resolve(name), data.resolve(name));
        }
        files = new TlsFiles(mount.resolve("tls.crt"), mount.resolve("tls.key"), mount.resolve("ca.crt"));
        openLive();
        Path swap = Files.createSymbolicLink(dir.resolve("..tmp"), dir.resolve("2"));
        Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        live.look();
        assertThat(live.current().identity().chain()).isNotEqualTo(first.identity().chain());
        assertThat(warnings).isEmpty();
    }
}
