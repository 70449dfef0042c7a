package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.link.seal.LinkTls;
import dev.proxyherd.status.json.StatusJson;
import dev.proxyherd.tls.Authorities;
import dev.proxyherd.tls.TestAuthority;
import dev.proxyherd.tls.TestAuthority.Wanted;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server's certificates: told before they end, renewed while it runs, shown over HTTPS, too. */
class CertificatesTest {
    @TempDir
    private Path dir;

    private final TestAuthority authority = new TestAuthority("authority");
    private TestHerd herd;

    @BeforeEach
    void make() {
        herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").linkTls(LinkTls.ALWAYS);
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    private void give(String name, Duration left) throws IOException {
        Instant now = Instant.now();
        herd.tls(name, authority.write(dir.resolve("tls-" + name), authority.issue(name,
                new Wanted().dns(name).dns("localhost").ip("127.0.0.1").valid(now.minusSeconds(60), now.plus(left)))));
    }

    @Test
    void thatCannotBeUsedLetNoServerStart() throws IOException {
        give("Alford", Duration.ofDays(90));
        Files.writeString(dir.resolve("tls-Alford/tls.key"), "nothing");
        assertThatThrownBy(() -> herd.start("Alford")).hasMessageContaining("tls.key holds no private key");
    }

    @Test
    void areWarnedOfFromFourteenDaysBeforeTheirEndOn() throws IOException {
        give("Alford", Duration.ofDays(13).plusHours(1));
        give("Bolden", Duration.ofDays(15));
        herd.startAll().awaitLinks();
        herd.awaitWarning("Alford", "the certificate (--tls-cert) ends in 13 days, at ");
        assertThat(herd.warnings("Bolden")).isEmpty();
        assertThat(StatusJson.read(StatusJson.write(herd.status("Alford"))).certificateEndMillis())
                .isBetween(Instant.now().plus(Duration.ofDays(13)).toEpochMilli(),
                        Instant.now().plus(Duration.ofDays(14)).toEpochMilli());
    }

    @Test
    void thatNobodyAcceptsAreWarnedOfAtTheStartAndClientsAreServed() throws IOException {
        give("Alford", Duration.ofSeconds(-1));
        herd.start("Alford");
        herd.awaitWarning("Alford", "CN=Alford has expired at ");
        herd.awaitWarning("Alford", "neighbours and clients that check it (--tls-cert) refuse it; renew it");
        try (RawClient client = herd.connect("Alford")) {
            assertThat(client.ask("IAMAT kiwi +34-118 7")).startsWith("AT Alford ");
        }
    }

    @Test
    void areRenewedWhileLinksStayUpAndClientsReport() throws Exception {
        give("Alford", Duration.ofDays(1));
        give("Bolden", Duration.ofDays(1));
        herd.startAll().awaitLinks();
        long starts = herd.status("Alford").links().getFirst().starts();
        AtomicBoolean over = new AtomicBoolean();
        Thread load = Thread.ofVirtual().start(() -> report(over));
        give("Alford", Duration.ofDays(90));
        give("Bolden", Duration.ofDays(90));
        herd.awaitLog("Alford", "new connections use the certificate CN=Alford");
        herd.awaitLog("Bolden", "new connections use the certificate CN=Bolden");
        over.set(true);
        Await.end(load);
        int reported = herd.stored("Alford").size();
        assertThat(reported).isPositive();
        herd.awaitSameStores("after both were renewed", reported);
        assertThat(herd.status("Alford").links().getFirst().starts()).as("the link stayed up").isEqualTo(starts);
        herd.stop("Bolden");
        herd.start("Bolden");
        herd.awaitLinks();
    }

    private void report(AtomicBoolean over) {
        try (RawClient client = herd.connect("Alford")) {
            for (int i = 0; !over.get(); i++) {
                client.ask("IAMAT client-" + i % 1_000 + " +34-118 " + (i + 1));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void areShownOverHttpsAndRenewedThere() throws Exception {
        give("Alford", Duration.ofDays(90));
        herd.httpTls().start("Alford");
        int port = herd.openHttp("Alford");
        herd.awaitLog("Alford", "https on 127.0.0.1:" + port);
        X509Certificate first = shown(port);
        assertThat(Authorities.read(dir.resolve("tls-Alford/ca.crt")).objection(java.util.List.of(first), Instant.now(),
                java.util.Set.of("Alford"))).isNull();
        give("Alford", Duration.ofDays(91));
        Await.until("the new certificate is shown", () -> !shown(port).equals(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void areShownOverHttpsToOldPhonesToo(String version) throws Exception {
        give("Alford", Duration.ofDays(90));
        herd.httpTls().start("Alford");
        int port = herd.openHttp("Alford");
        try (SSLSocket phone = (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
            phone.setEnabledProtocols(new String[] {version});
            phone.startHandshake();
            assertThat(phone.getSession().getProtocol()).isEqualTo(version);
        }
    }

    private X509Certificate shown(int port) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/healthz")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
        }
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(dir.resolve("tls-Alford/ca.crt"))) {
            store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
