package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer consists of, whatever was asked. */
class AnswersTest {
    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir);
    }

    @Nested
    class Headers {
        @ParameterizedTest
        @ValueSource(strings = {"%0d%0a", "%0d%0a%20", "%0a", "%0d", "%0d%0aSet-Cookie:%20a=b%0d%0a%20", "%09"})
        void holdNoBytesOfARequestThatEndOrFoldALine(String bytes) throws IOException {
            gateway.hear("a +1+1 3");
            gateway.hear("b +1+1 3");
            for (String box : List.of("-180,-90," + bytes + "180,90", bytes + "-180,-90,180,90",
                    "-180,-90,180,90" + bytes)) {
                RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/clients?bbox=" + box + "&limit=1");

                assertThat(answer.status()).as(box).isIn(200, 400);
                assertThat(answer.head().split("\r\n")).as(answer.head())
                        .allMatch(line -> line.matches("HTTP/1\\.1 .*|[\\w-]+: [!-~ ]*"));
                assertThat(answer.header("Set-Cookie")).isNull();
                if (answer.status() == 200) {
                    String link = answer.header("Link");
                    String target = link.substring(1, link.indexOf('>'));
                    assertThat(RawHttp.get(gateway.port(), "/api/" + target).status()).as(target).isEqualTo(200);
                }
            }
        }

        @Test
        void areEscapedWhereARefusalRepeatsWhatWasSent() throws IOException {
            RawHttp.Answer answer =
                    RawHttp.post(gateway.port(), "/owntracks", "{\"_type\":\"a\\r\\n b\\u0085\\u20acc\"}");

            assertThat(answer.header("Herd-Refused")).contains("'a%0D%0A b%C2%85%E2%82%ACc'");
            assertThat(gateway.logged()).contains("'a\\x0D\\x0A b\\xC2\\x85");
        }

        @Test
        void goOutThroughOnePlace() throws IOException {
            try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
                for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                    if (!source.endsWith("HeaderLines.java")) {
                        assertThat(Files.readString(source)).as(source.toString())
                                .doesNotContain("getResponseHeaders", "sendResponseHeaders");
                    }
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://127.0.0.1/", "http://example.org/herd/", "https://example.org/a/b/"})
        void linkRelativelySoThatAProxyMayServeThemUnderAPathOfItsOwn(String base) throws IOException {
            gateway.hear("a +1+1 3");
            gateway.hear("b +1+1 3");
            String link = RawHttp.get(gateway.port(), "/api/clients?limit=1").header("Link");

            URI next = URI.create(base + "api/clients?limit=1").resolve(link.substring(1, link.indexOf('>')));

            assertThat(next.toString()).startsWith(base + "api/clients?cursor=");
        }
    }

    @Nested
    class Failures {
        @Test
        void areAnswered500AndLogged() throws IOException {
            for (Throwable failure : List.of(new IllegalStateException("no\nluck"), new StackOverflowError("deep"))) {
                gateway.failure.set(failure);

                RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/herd");

                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(JsonParser.parseString(answer.body()).getAsJsonObject().get("status").getAsInt())
                        .isEqualTo(500);
            }
            assertThat(gateway.logged()).contains(
                    "GET /api/herd failed: java.lang.IllegalStateException: no\\x0Aluck\n",
                    "GET /api/herd failed: java.lang.StackOverflowError: deep\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"zz\r\n[]\r\n0\r\n\r\n", "2\r\n[]XX0\r\n\r\n"})
        void areAnsweredAlsoWhereTheBodyIsFramedBadly(String chunks) throws IOException {
            RawHttp.Answer answer = RawHttp.send(gateway.port(), "POST /owntracks HTTP/1.1\r\nHost: localhost\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + chunks);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Connection")).isEqualTo("close");
        }
    }
}
