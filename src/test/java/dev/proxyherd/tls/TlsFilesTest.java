package dev.proxyherd.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.tls.TestAuthority.Wanted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFilesTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path dir;

    private TestAuthority authority;
    private TlsFiles files;

    @BeforeEach
    void write() throws IOException {
        authority = new TestAuthority("herd authority");
        files = authority.write(dir,
                authority.below("lower authority").issue("Alford", new Wanted().dns("Alford")));
    }

    private void isRefused(String... words) {
        assertThatThrownBy(files::read).isInstanceOf(IOException.class).hasMessageContainingAll(words);
    }

    @Test
    void areReadTogether() throws IOException {
        TlsSet set = files.read();
        assertThat(set.identity().chain()).hasSize(2);
        assertThat(set.authorities()).isNotNull();
        assertThat(set.identity().expiry())
                .isEqualTo(set.identity().chain().getFirst().getNotAfter().toInstant());
    }

    @ParameterizedTest
    @CsvSource({"RSA,2048", "EC,256", "Ed25519,"})
    void mayBeOfTheseKindsAsKeytoolMakesThem(String kind, String size) throws Exception {
        Path store = dir.resolve("store.p12");
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "herd",
                "-keyalg", kind, "-dname", "CN=Alford", "-ext", "SAN=dns:Alford,ip:10.0.0.1", "-storetype", "PKCS12",
                "-keystore", store.toString(), "-storepass", PASSWORD);
        if (size != null) {
            keytool.command().addAll(List.of("-keysize", size));
        }
        assertThat(keytool.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                .waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            made.load(in, PASSWORD.toCharArray());
        }
        Files.writeString(files.certificate(), Pem.write("CERTIFICATE", made.getCertificate("herd").getEncoded()));
        Files.writeString(files.key(),
                Pem.write("PRIVATE KEY", made.getKey("herd", PASSWORD.toCharArray()).getEncoded()));
        assertThat(files.read().identity().key().getAlgorithm()).isEqualTo(kind.equals("Ed25519") ? "EdDSA" : kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
    void nameTheCommandThatMendsAKeyOfAnotherForm(String form) throws IOException {
        Files.writeString(files.key(), Pem.write(form, new byte[] {1, 2, 3}));
        isRefused(files.key().toString(),
                "openssl pkcs8 -topk8 -nocrypt -in " + files.key() + " -out " + files.key() + ".pkcs8");
    }

    @Test
    void areRefusedWhereTheKeyIsAnothers() throws IOException {
        TlsFiles others = authority.files(dir.resolve("other"), "Bolden");
        files = new TlsFiles(files.certificate(), others.key(), null);
        isRefused("the key in " + others.key() + " does not belong to the first certificate in " + files.certificate(),
                "CN=Alford");
    }

    @Test
    void areRefusedWhereOneIsOnlyHalfThere() throws IOException {
        String whole = Files.readString(files.certificate());
        Files.writeString(files.certificate(), whole.substring(0, whole.length() - 40));
        isRefused(files.certificate().toString(), "is it only half there?");
    }

    @ParameterizedTest
    @CsvSource({"CERTIFICATE,a certificate is damaged", "'X CERTIFICATE',holds no certificate"})
    void areRefusedWhereThereIsNoUsableCertificate(String label, String words) throws IOException {
        Files.writeString(files.certificate(), Pem.write(label, new byte[] {1, 2, 3}));
        isRefused(files.certificate().toString(), words);
    }

    @Test
    void areRefusedWhereThereIsNoUsableKey() throws IOException {
        Files.writeString(files.key(), "");
        isRefused(files.key() + " holds no private key");
        Files.writeString(files.key(), Pem.write("PRIVATE KEY", new byte[] {1, 2, 3}));
        isRefused(files.key() + ": the private key is damaged, or neither RSA, EC nor Ed25519");
        Files.delete(files.key());
        isRefused(files.key() + ": no such file");
    }

    @Test
    void ofAServersOwnMakingAreMadeAnewWhereTheyAreDamaged() throws IOException {
        java.util.Queue<String> warnings = new java.util.concurrent.ConcurrentLinkedQueue<>();
        SelfSignedFile own = new SelfSignedFile(dir.resolve("server-Alford.pem"), "Alford", warnings::add);
        Identity made = own.readOrMake();
        assertThat(own.readOrMake().chain()).isEqualTo(made.chain());
        assertThat(warnings).isEmpty();
        Files.writeString(own.file(), "-----BEGIN PRIVATE KEY-----\n");
        assertThat(own.readOrMake().chain()).isNotEqualTo(made.chain());
        assertThat(warnings).singleElement().asString().contains("are made anew", own.file().toString());
        assertThat(own.readOrMake().chain()).as("kept again").isEqualTo(own.readOrMake().chain());
    }
}
