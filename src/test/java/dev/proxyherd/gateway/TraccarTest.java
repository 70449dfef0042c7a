package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of Traccar Client and others like it: requests of the shapes that these apps send. */
class TraccarTest {
    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = TestGateway.standingStill(dir);
    }

    @Test
    void theAppReportsInTheQueryOfAPost() throws IOException {
        RawHttp.Answer answer = RawHttp.send(gateway.port(), """
                POST /osmand/?id=123456&timestamp=1779485845&lat=34.06893&lon=-118.445127&speed=0.0&bearing=0.0\
                &altitude=89.5&accuracy=15.0&batt=73.0&charge=true HTTP/1.1\r
                Content-Type: application/x-www-form-urlencoded\r
                User-Agent: Dalvik/2.1.0 (Linux; U; Android 14; Pixel 7 Build/UP1A.231005.007)\r
                Host: 127.0.0.1:8080\r
                Connection: close\r
                Accept-Encoding: gzip\r
                Content-Length: 0\r
                \r
                """);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.at("123456")).isEqualTo("AT Alford +155.500000000 123456 +34.06893-118.445127 1779485845");
    }

    @Test
    void newerVersionsPostJson() throws IOException {
        RawHttp.Answer answer = RawHttp.post(gateway.port(), "/osmand", """
                {"location":{"event":"motionchange","is_moving":false,"uuid":"0b1c","timestamp":"2026-05-22T21:37:25.123Z",
                "age":42,"odometer":0,"coords":{"latitude":34.0689301,"longitude":-118.4451273,"accuracy":7.3,"speed":-1,
                "heading":-1,"altitude":88.9},"activity":{"type":"still","confidence":100},
                "battery":{"is_charging":true,"level":0.73},"extras":{}},"device_id":"87654321"}""",
                "Content-Type: application/json; charset=utf-8", "User-Agent: okhttp/4.12.0");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.at("87654321")).endsWith(" 87654321 +34.0689301-118.4451273 1779485845.123000000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "id=a&lat=1.5&lon=-2.5&timestamp=1779485845 | a +1.5-2.5 1779485845",
        "deviceid=a&location=1.5,-2.5&timestamp=1779485845123 | a +1.5-2.5 1779485845.123",
        "id=a&location=1.5%2C-2.5&timestamp=2026-05-22T21:37:25Z | a +1.5-2.5 1779485845.000000000",
        "id=a&lat=1.5&lon=-2.5&timestamp=2026-05-22T23:37:25%2B02:00 | a +1.5-2.5 1779485845.000000000",
        "id=a&lat=1.5&lon=-2.5&timestamp=2026-05-22T23:37:25+02:00 | a +1.5-2.5 1779485845.000000000",
        "id=a&lat=1.5&lon=-2.5&timestamp=2026-05-22T23:37:25.000+0200 | a +1.5-2.5 1779485845.000000000",
        "id=a&lat=+1.5&lon=-2.5&timestamp=2026-05-22+23:37:25+02 | a +1.5-2.5 1779485845.000000000",
        "id=a&lat=1.5&lon=-2.5&timestamp=2026-05-22T20:37:25-01:00 | a +1.5-2.5 1779485845.000000000",
        "id=a&lat=1.5&lon=-2.5&timestamp=2026-05-22%2021:37:25 | a +1.5-2.5 1779485845.000000000",
        "id=a&lat=1.5&lon=-2.5 | a +1.5-2.5 1779486000.500000000"})
    void timesAndPlacesAreReadInTheWaysThatAppsWriteThem(String query, String fields) throws IOException {
        RawHttp.get(gateway.port(), "/osmand?" + query);

        assertThat(gateway.at("a")).endsWith(' ' + fields);
    }

    @Test
    void aFormWorksLikeAQuery() throws IOException {
        RawHttp.post(gateway.port(), "/osmand", "id=form&lat=1&lon=2&timestamp=3",
                "Content-Type: application/x-www-form-urlencoded");

        assertThat(gateway.at("form")).endsWith(" form +1+2 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"J%C3%BCrgen", "Jürgen", "%4Aür%67en"})
    void aNameMayBeEscapedOrNot(String name) throws IOException {
        RawHttp.get(gateway.port(), "/osmand?lat=1&lon=2&timestamp=3&id=" + name);
        RawHttp.post(gateway.port(), "/osmand", "lat=1&lon=3&timestamp=4&id=" + name);

        assertThat(gateway.store.size()).isEqualTo(1);
        assertThat(ApiAnswers.get(gateway, "/api/clients/J%C3%BCrgen").toString()).contains("\"Jürgen\"", "[3,1]");
    }
}
