package dev.proxyherd.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.tls.TestAuthority.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are renewed without a stop. */
class LiveTlsTest {
    private static final Set<String> NAMES = Set.of("Alford", "a.example.org");

    @TempDir
    private Path dir;

    private final TestAuthority authority = new TestAuthority("root");
    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Instant now = Instant.now();
    private TlsFiles files;
    private LiveTls live;
    private TlsSet first;

    @BeforeEach
    void open() throws IOException {
        files = authority.files(dir.resolve("1"), "Alford");
        openLive();
    }

    private void openLive() throws IOException {
        live = new LiveTls(files, () -> now, notes::add, warnings::add);
        first = live.current();
    }

    @Test
    void whatHasNotChangedIsNotReadAgain() throws IOException {
        Files.setLastModifiedTime(files.key(), java.nio.file.attribute.FileTime.fromMillis(1));
        live.look(NAMES);
        assertThat(live.current()).isSameAs(first);
        assertThat(notes).isEmpty();
    }

    @Test
    void aSetThatHasChangedIsUsed() throws IOException {
        authority.files(dir.resolve("1"), "Alford");
        live.look(NAMES);
        assertThat(live.current()).isNotSameAs(first);
        assertThat(live.current().identity().chain()).isNotEqualTo(first.identity().chain());
        assertThat(notes).singleElement().asString().contains("new connections use the certificate CN=Alford");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aHalfWrittenSetIsToldOnceAndTheOneBeforeGoesOn() throws IOException {
        TlsFiles next = authority.files(dir.resolve("2"), "Alford");
        Files.copy(next.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
        live.look(NAMES);
        live.look(NAMES);
        assertThat(live.current()).isSameAs(first);
        assertThat(warnings).singleElement().asString()
                .startsWith("the changed certificates are not used, and those before are: the key in ");
        Files.copy(next.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
        live.look(NAMES);
        assertThat(live.current().identity().chain()).isEqualTo(next.read().identity().chain());
    }

    @Test
    void whatIsGoneOrBadIsToldAgainAfterItWasGood() throws IOException {
        byte[] good = Files.readAllBytes(files.authorities());
        for (int i = 0; i < 2; i++) {
            Files.delete(files.authorities());
            live.look(NAMES);
            live.look(NAMES);
            Files.write(files.authorities(), good);
            live.look(NAMES);
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
        live.look(NAMES);
        assertThat(live.current().identity().chain()).isNotEqualTo(first.identity().chain());
        assertThat(warnings).isEmpty();
    }

    @Nested
    class ACertificateThatNobodyWouldAccept {
        private void write(Wanted wanted) throws IOException {
            authority.write(dir.resolve("1"), authority.issue("Alford", wanted));
        }

        /** Tells it once, though the words tell the time, and takes the next good one. */
        private void isRefused(String why) throws IOException {
            live.look(NAMES);
            now = now.plusSeconds(1);
            live.look(NAMES);
            assertThat(live.current()).isSameAs(first);
            assertThat(notes).isEmpty();
            assertThat(warnings).singleElement().asString()
                    .startsWith("the changed certificates are not used, and those before are: ").contains(why);
            write(new Wanted().dns("a.example.org"));
            live.look(NAMES);
            assertThat(live.current()).isNotSameAs(first);
        }

        @Test
        void becauseItHasExpiredIsNotUsed() throws IOException {
            write(new Wanted().dns("Alford").valid(now.minusSeconds(20), now.minusSeconds(10)));
            isRefused("CN=Alford has expired at ");
        }

        @Test
        void becauseItIsForAnotherServerIsNotUsed() throws IOException {
            write(new Wanted().dns("Bolden"));
            isRefused("CN=Alford is for bolden, not for ");
        }

        @Test
        void becauseItComesFromAForeignAuthorityIsNotUsed() throws IOException {
            TlsFiles foreign = new TestAuthority("foreign").files(dir.resolve("foreign"), "Alford");
            Files.copy(foreign.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(foreign.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
            isRefused("CN=Alford does not come from an authority in ");
        }

        @Test
        void becauseItsTimeHasNotComeIsUsedWhenItHas() throws IOException {
            write(new Wanted().dns("Alford").valid(now.plusSeconds(60), now.plus(Duration.ofDays(9))));
            live.look(NAMES);
            assertThat(live.current()).isSameAs(first);
            assertThat(warnings).singleElement().asString().contains("CN=Alford is not valid before ");
            now = now.plusSeconds(120);
            live.look(NAMES);
            assertThat(live.current()).isNotSameAs(first);
        }

        @Test
        void becauseItHasExpiredIsNotUsedWithoutAuthoritiesEither() throws IOException {
            files = new TlsFiles(files.certificate(), files.key(), null);
            openLive();
            write(new Wanted().dns("Bolden").valid(now.minusSeconds(20), now.minusSeconds(10)));
            isRefused("CN=Alford has expired at ");
        }

        @Test
        void isUsedAtTheStartAndObjectedTo() throws IOException {
            assertThat(live.objection(NAMES)).isNull();
            now = now.plus(Duration.ofDays(91));
            assertThat(live.objection(NAMES)).contains("CN=Alford has expired at ");
        }
    }
}
