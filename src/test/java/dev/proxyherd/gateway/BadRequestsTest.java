package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to requests that are none, and that it harms nobody. */
class BadRequestsTest {
    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/api/clients?bbox=1,2,3", "/api/clients?bbox=1,2,3,x", "/api/clients?bbox=0,10,1,5",
        "/api/clients?bbox=-181,0,1,1",
        "/api/clients?limit=0", "/api/clients?limit=10001", "/api/clients?limit=ten", "/api/clients?since=yesterday",
        "/api/clients?cursor=17", "/api/clients?cursor=zzz-17", "/api/clients?colour=red",
        "/api/nearby", "/api/nearby?lat=1", "/api/nearby?lat=91&lon=0", "/api/nearby?lat=1e1&lon=0",
        "/api/nearby?lat=1&lon=NaN", "/api/nearby?lat=1&lon=2&radius=-1", "/api/nearby?lat=1&lon=2&limit=1001",
        "/api/labels?bbox=a", "/api/events?bbox=1"})
    void areAnsweredWithWhatIsWrong(String target) throws IOException {
        RawHttp.Answer answer = RawHttp.get(gateway.port(), target);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(JsonParser.parseString(answer.body()).getAsJsonObject().get("detail").getAsString()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET /api/clients?LONG=1", "GET /api/clients/LONG", "GET /LONG", "POST /LONG", "LONG /api/clients"})
    void areRepeatedInPartOnly(String line) throws IOException {
        RawHttp.Answer answer = RawHttp.send(gateway.port(),
                line.replace("LONG", "X".repeat(10_000)) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer.status()).isBetween(400, 405);
        assertThat(answer.body()).contains("XXX").hasSizeLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api/nothing", "/../pom.xml", "/static/main.js", "/main.class"})
    void areNotFoundWhereNothingIs(String target) throws IOException {
        assertThat(RawHttp.get(gateway.port(), target).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "POST /api/clients | GET, HEAD", "DELETE / | GET, HEAD", "PUT /nothing | GET, HEAD",
        "GET /owntracks    | POST", "PUT /osmand/ | GET, POST"})
    void areToldWhichMethodsThereAre(String line, String methods) throws IOException {
        RawHttp.Answer answer = RawHttp.send(gateway.port(),
                line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo(methods);
        assertThat(answer.body()).contains(" takes " + methods + ", not ");
    }

    @Test
    void neverKeepTheNextFromBeingServed() throws IOException {
        byte[] garbage = "\0\1\2 garbage\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        try (var socket = RawHttp.connect(gateway.port())) {
            socket.getOutputStream().write(garbage);
            socket.getInputStream().readAllBytes();
        }

        assertThat(RawHttp.get(gateway.port(), "/healthz").status()).isEqualTo(200);
    }
}
