package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a web page makes its visitor's browser send to the plain port is no command, whatever its body says. */
class HttpRequestTest {
    private static final String POST = "POST /x HTTP/1.1";
    private static final String HEADERS =
            "\r\nHost: 127.0.0.1:12000\r\nOrigin: http://evil.example\r\nContent-Type: text/plain\r\n\r\n";

    @TempDir
    private Path dir;

    private SingleServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SingleServer(dir, StubPlaces.giving(StubPlaces.document(0)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertNothingStored() {
        assertThat(server.herd().stored("Alford")).isEmpty();
    }

    @Test
    void aRequestOfAnHttpClientReportsNothing() throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.herd().port("Alford") + "/"))
                            .version(HttpClient.Version.HTTP_1_1).timeout(Duration.ofSeconds(20))
                            .header("Content-Type", "text/plain")
                            .POST(HttpRequest.BodyPublishers.ofString(SingleServer.IAMAT.repeat(1000))).build();
            assertThatThrownBy(() -> browser.send(request, HttpResponse.BodyHandlers.ofString()))
                    .as("the answer, which is none of HTTP").isInstanceOf(IOException.class)
                    .hasMessageContaining("? POST / HTTP/1.1");
        }
        server.herd().awaitLog("Alford", "disconnected: it began with an HTTP request");
        assertNothingStored();
        assertThat(server.herd().log("Alford")).doesNotContain("kiwi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET / HTTP/1.0", "OPTIONS * HTTP/1.1", "POST /IAMAT%20kiwi HTTP/1.1", POST, "x\tHTTP/1.1 "})
    void theRequestLineIsAnsweredAndNothingElse(String line) throws IOException {
        assertThat(server.answersTo(line + HEADERS + SingleServer.IAMAT)).isEqualTo("? " + line + '\n');
        assertThat(server.answersTo(line + '\n' + SingleServer.IAMAT)).isEqualTo("? " + line + '\n');
        assertNothingStored();
    }

    @Test
    void aRequestLineThatNothingEndsIsAnsweredToo() throws IOException {
        assertThat(server.answersTo(POST)).isEqualTo("? " + POST + '\n');
    }

    /** Closing with so much unread would reset the connection, and the answer could be lost. */
    @Test
    void theAnswerArrivesThroughTenMegabytesThatNobodyReads() throws IOException {
        try (RawClient client = server.connect()) {
            client.send(POST + HEADERS + SingleServer.IAMAT.repeat(350_000));
            assertThat(client.readToEnd()).isEqualTo("? " + POST + '\n');
        }
        assertNothingStored();
    }

    @Test
    void theConnectionIsClosedThoughTheBrowserKeepsItOpen() throws IOException {
        try (RawClient client = server.connect()) {
            client.send(POST + HEADERS);
            assertThat(client.readToEnd()).isEqualTo("? " + POST + '\n');
            Await.until("the server has closed its side, too", () -> server.herd().status("Alford").connections() == 0);
        }
    }

    @Nested
    class ACommandConnection {
        @ParameterizedTest
        @ValueSource(strings = {"HTTP/1.1", "xHTTP/1.1", "GET / HTTP/2.0", "GET / HTTP/1.11", "GET / HTTP/1.1x",
            "GET / http/1.1"})
        void goesOnAfterAFirstLineThatIsNoRequestLine(String line) throws IOException {
            assertThat(server.answersTo(line + "\r\n" + SingleServer.IAMAT))
                    .isEqualTo("? " + line + '\n' + SingleServer.AT);
        }

        @Test
        void goesOnAfterALaterRequestLine() throws IOException {
            assertThat(server.answersTo("hello\n" + POST + '\n' + SingleServer.IAMAT))
                    .isEqualTo("? hello\n? " + POST + '\n' + SingleServer.AT);
        }
    }
}
