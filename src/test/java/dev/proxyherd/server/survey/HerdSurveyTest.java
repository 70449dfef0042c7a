package dev.proxyherd.server.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.link.seal.Credentials;
import dev.proxyherd.link.seal.LinkTls;
import dev.proxyherd.link.seal.Sealing;
import dev.proxyherd.protocol.HelloValues;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.status.ServerAnswer;
import dev.proxyherd.status.ServerAnswer.Failure;
import dev.proxyherd.status.ServerAnswer.Failure.Kind;
import dev.proxyherd.tls.SelfSigned;
import dev.proxyherd.tls.TestAuthority;
import dev.proxyherd.tls.TlsSet;
import dev.proxyherd.tls.sockets.TlsContexts;
import dev.proxyherd.topology.HerdSettings;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A survey of one sound server and a strange one. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class HerdSurveyTest {
    @TempDir
    private Path dir;

    private TestHerd herd;
    private ServerSocket strange;

    @BeforeEach
    void start() throws IOException {
        herd = new TestHerd(dir, "Alford").startAll();
        strange = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        strange.close();
        herd.close();
    }

    private HerdSurvey survey(Duration limit) {
        return survey(limit, herd.credentials());
    }

    private HerdSurvey survey(Duration limit, Credentials credentials) {
        Map<String, ServerAddress> addresses = new LinkedHashMap<>();
        addresses.put("Alford", new ServerAddress("127.0.0.1", herd.port("Alford")));
        addresses.put("Strange", new ServerAddress("127.0.0.1", strange.getLocalPort()));
        Topology topology = new Topology(addresses, Map.of("Alford", Set.of(), "Strange", Set.of()),
                new HerdSettings(Map.of(), Map.of()));
        return new HerdSurvey(topology, credentials, limit);
    }

    /** Goes through the handshake of the one who asks, and answers this. */
    private CompletableFuture<Void> answering(String abilities, String answer) {
        return CompletableFuture.runAsync(() -> {
            try (FakeNeighbour end = new FakeNeighbour(new RawClient(strange.accept()))) {
                LinkMessage.Hello hello = end.expect(LinkMessage.Hello.class);
                end.welcome(hello, HelloValues.NONE.with("abilities", abilities));
                end.connection().readLine();
                end.send(answer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, task -> Thread.ofVirtual().start(task));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no status", "{\"clients\": \"many\"}", "{}", "null", "[1"})
    void showsTheOthersWhenOneAnswersWhatCannotBeRead(String answer) throws Exception {
        CompletableFuture<Void> asked = answering("status,trace", answer);
        List<ServerAnswer> found = survey(Duration.ofSeconds(20)).status().servers();
        asked.get();
        assertThat(found.getFirst().status().name()).isEqualTo("Alford");
        assertThat(found.getLast().status()).isNull();
        assertThat(found.getLast().failure().reason())
                .startsWith("127.0.0.1:" + strange.getLocalPort() + ": its answer ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "yesterday AT Alford"})
    void tracesOnTheOthersWhenOneAnswersWhatCannotBeRead(String answer) throws Exception {
        CompletableFuture<Void> asked = answering("status,trace", answer);
        List<TracedClient> found = survey(Duration.ofSeconds(20)).trace("kiwi");
        asked.get();
        assertThat(found.getFirst().failure()).isNull();
        assertThat(found.getLast().failure()).contains(": its answer cannot be read: ");
    }

    @Test
    void asksNothingThatAServerDoesNotSayItAnswers() throws Exception {
        CompletableFuture<Void> asked = answering("status,what-is-to-come", "unasked");
        List<TracedClient> found = survey(Duration.ofSeconds(20)).trace("kiwi");
        assertThat(asked).failsWithin(Duration.ofSeconds(20)).withThrowableOfType(ExecutionException.class)
                .havingRootCause().withMessageContaining("closed the connection after ''");
        assertThat(found.getFirst().failure()).isNull();
        assertThat(found.getLast().failure())
                .endsWith(": its build does not answer the question trace; run a newer one there");
    }

    @Test
    void knowsNotSinceWhenWhatWasReadFromAJournalIsThere() throws Exception {
        herd.close();
        herd.journal(FsyncPolicy.ALWAYS).startAll();
        try (RawClient client = herd.connect("Alford")) {
            client.ask("IAMAT kiwi +34-118 7");
        }
        assertThat(herd.survey().trace("kiwi").getFirst().arrivedNanos()).isPositive();
        herd.stop("Alford");
        herd.start("Alford");
        Await.until("the journal is replayed", () -> herd.survey().trace("kiwi").getFirst().failure() == null);
        TracedClient traced = herd.survey().trace("kiwi").getFirst();
        assertThat(traced.line()).contains(" kiwi ");
        assertThat(traced.arrivedNanos()).isEqualTo(Location.BEFORE_START);
    }

    @Test
    void saysThatAHungServerDidNotAnswerInTime() throws Exception {
        List<ServerAnswer> found = survey(Duration.ofSeconds(1)).status().servers();
        assertThat(found.getFirst().status()).isNotNull();
        assertThat(found.getLast().failure().reason())
                .isEqualTo("127.0.0.1:" + strange.getLocalPort() + ": no answer within 1 s");
    }

    @Test
    void waitsSomeSecondsLongerForTls() throws Exception {
        herd.close();
        herd.linkTls(LinkTls.ALWAYS).startAll();
        List<ServerAnswer> found = survey(Duration.ofSeconds(1)).status().servers();
        assertThat(found.getFirst().failure()).isNull();
        assertThat(found.getLast().failure())
                .isEqualTo(new Failure("127.0.0.1:" + strange.getLocalPort() + ": no TLS within 6 s", Kind.SILENT));
    }

    @Test
    void tellsOneWhoseCertificateIsNotTrustedFromOneThatRefuses() throws Exception {
        TestAuthority authority = new TestAuthority("herd authority");
        herd.close();
        herd.linkTls(LinkTls.ALWAYS).tls("Alford", authority.files(dir.resolve("tls-Alford"), "Alford")).startAll();
        CompletableFuture<Void> shown = CompletableFuture.runAsync(() -> {
            try {
                TlsContexts.accepting(SelfSigned.make("Strange"), true).over(strange.accept(), new byte[0])
                        .startHandshake();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, task -> Thread.ofVirtual().start(task));
        TlsSet set = authority.files(dir.resolve("tls-command"), "command").read();
        Sealing sealing = new Sealing(LinkTls.ALWAYS, () -> set, InstantSource.system());
        List<ServerAnswer> found = survey(Duration.ofSeconds(20),
                new Credentials(herd.credentials().secret(), sealing)).status().servers();
        shown.get();
        assertThat(found.getFirst().failure()).isNull();
        assertThat(found.getLast().failure().kind()).isEqualTo(Kind.UNTRUSTED);
        assertThat(found.getLast().failure().reason()).startsWith("127.0.0.1:" + strange.getLocalPort()
                + ": the certificate CN=Strange is self-signed, and one of an authority in ");
    }
}
