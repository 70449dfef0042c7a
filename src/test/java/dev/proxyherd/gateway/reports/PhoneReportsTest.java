package dev.proxyherd.gateway.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.gateway.RawHttp;
import dev.proxyherd.gateway.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a report, whichever app sends it. */
class PhoneReportsTest {
    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = TestGateway.standingStill(dir);
    }

    @ParameterizedTest
    @CsvSource({
        "1e-5, +0.00001", "-1E-7, -0.0000001", "9.0e1, +90", "-0, +0", "33.10, +33.10",
        "0.00000000000000000001, +0.000000000000"})
    void becomesPlainDecimals(String latitude, String plain) throws IOException {
        RawHttp.get(gateway.port(), "/osmand?id=a&lon=7&timestamp=3&lat=" + latitude);

        assertThat(gateway.at("a")).endsWith(" a " + plain + "+7 3");
    }

    @Test
    void isLoggedAsTheIamatThatItIs() throws IOException {
        RawHttp.get(gateway.port(), "/osmand?id=a&lat=1&lon=2&timestamp=3");

        assertThat(gateway.logged())
                .containsPattern(" in  http:127\\.0\\.0\\.1:\\d+ IAMAT a \\+1\\+2 3\n")
                .containsPattern(" out http:127\\.0\\.0\\.1:\\d+ AT Alford \\+\\d+\\.\\d{9} a \\+1\\+2 3\n");
    }

    @Test
    void percentEncodesWhiteSpaceInTheDevicesName() throws IOException {
        RawHttp.get(gateway.port(), "/osmand?id=Jane%27s+phone%0A&lat=1&lon=2&timestamp=3");

        assertThat(gateway.at("Jane's%20phone")).endsWith(" Jane's%20phone +1+2 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "id=a&lat=91&lon=2&timestamp=3",
        "id=a&lat=1&lon=180.00000001&timestamp=3",
        "id=a&lat=NaN&lon=2&timestamp=3",
        "id=a&lat=1e999999999&lon=2&timestamp=3",
        "id=a&lat=1e-999999999&lon=2&timestamp=3",
        "id=a&lon=2&timestamp=3",
        "id=a&lat=1&lon=2&timestamp=yesterday",
        "id=a&lat=1&lon=2&timestamp=-5",
        "lat=1&lon=2&timestamp=3",
        "id=%20&lat=1&lon=2&timestamp=3",
        "id=%&lat=1&lon=2&timestamp=3"})
    void isAnswered200AndLoggedWhenItIsMalformed(String query) throws IOException {
        RawHttp.Answer answer = RawHttp.send(gateway.port(),
                "POST /osmand HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + query.length()
                        + "\r\n\r\n" + query);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.store.size()).isZero();
        assertThat(gateway.logged()).contains("POST /osmand refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[1]", "{\"_type\":\"location\"}", "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3}",
                "{\"_type\":\"location\",\"lat\":\"x\",\"lon\":2,\"tst\":3,\"tid\":\"a\"}"})
    void isAnswered200AlsoWhenItsJsonIsMalformed(String body) throws IOException {
        RawHttp.Answer answer = RawHttp.post(gateway.port(), "/owntracks", body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("[{\"_type\":\"refused\",\"detail\":\"malformed: ");
        assertThat(gateway.logged()).contains("POST /owntracks refused");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/owntracks | [{F,'tst':3}, {F}, 7, {F,'tst':5}] | tst is missing",
        "/osmand | [{D,'location':[{C,'timestamp':3},{},{C,'timestamp':'x'},{C,'timestamp':5}]}] | coords is missing",
        "/osmand | [{D,'location':{C,'timestamp':3}}, {}, 7, {D,'location':{C,'timestamp':5}}] | device_id is missing"})
    void isTakenAlsoBetweenOthersThatAreMalformed(String path, String body, String first) throws IOException {
        String json = body.replace("F", "'_type':'location','tid':'a','lat':3,'lon':4").replace("D", "'device_id':'a'")
                .replace("C", "'coords':{'latitude':3,'longitude':4}").replace('\'', '"');

        RawHttp.Answer answer = RawHttp.post(gateway.port(), path, json);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(RawHttp.get(gateway.port(), "/metrics").body())
                .contains("herd_http_reports_total 2.0", "herd_http_refused_reports_total{reason=\"malformed\"} 2.0");
        assertThat(gateway.at("a")).endsWith(" a +3+4 5");
        assertThat(gateway.logged()).containsPattern(
                "POST " + path + " refused .*malformed: .*" + first + "; and 1 more of its reports\n");
    }

    @Test
    void isAnswered200AndLoggedWhenItsTimeIsTooFarAhead() throws IOException {
        RawHttp.Answer answer = RawHttp.get(gateway.port(), "/osmand?id=a&lat=1&lon=2&timestamp=1900000000");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.store.size()).isZero();
        assertThat(gateway.logged()).contains(" ? IAMAT a +1+2 1900000000", "too far ahead");
    }

    @Test
    void leavesNoMoreThanAShortLineInTheLogHoweverLongItIs() throws IOException {
        RawHttp.post(gateway.port(), "/osmand", "id=" + "x".repeat(200_000) + '%');

        assertThat(gateway.logged().lines()).anyMatch(line -> line.contains("percent sign"))
                .allMatch(line -> line.length() < 300);
    }

    @Test
    void isAnsweredOnceItIsAsSafeAsAClientsWouldBe() throws IOException {
        RawHttp.get(gateway.port(), "/osmand?id=a&lat=1&lon=2&timestamp=3");

        assertThat(gateway.settled).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/osmand", "/osmand/", "/owntracks", "/pub", "/overland"})
    void isNotTakenFromWhoeverOnlyAsksForTheHead(String path) throws IOException {
        RawHttp.Answer answer = RawHttp.send(gateway.port(), "HEAD " + path + "?id=a&lat=1&lon=2&timestamp=3"
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo(path.startsWith("/osmand") ? "GET, POST" : "POST");
        assertThat(answer.body()).isEmpty();
        assertThat(gateway.store.size()).isZero();
    }

    @Test
    void isRefusedWhenItIsTooLong() throws IOException {
        RawHttp.Answer answer = RawHttp.post(gateway.port(), "/owntracks", "x".repeat(LongBodies.MAX_BODY_BYTES + 1));

        assertThat(answer.status()).isEqualTo(413);
    }
}
