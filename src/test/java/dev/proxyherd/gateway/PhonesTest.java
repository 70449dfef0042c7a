package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of phones: requests of the shapes that the apps send. */
class PhonesTest {
    private static final Instant NOW = Instant.parse("2026-05-22T21:40:00.5Z");

    @TempDir
    Path dir;

    private TestGateway gateway;

    @BeforeEach
    void open() throws IOException {
        gateway = new TestGateway(dir, GatewaySettings.loopback(0), InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private String at(String client) {
        return String.valueOf(gateway.store.find(client));
    }

    @Nested
    class OwnTracksApps {
        @Test
        void theAndroidAppSaysWhoItIsInHeaders() throws IOException {
            RawHttp.Answer answer = RawHttp.post(gateway.port(), "/owntracks", """
                    {"_type":"location","_id":"1a2b3c4d","acc":12,"alt":89,"batt":73,"bs":1,"BSSID":"aa:bb:cc:dd:ee:ff",
                    "conn":"w","created_at":1779485850,"lat":34.0689301,"lon":-118.4451273,"m":1,"SSID":"home","t":"u",
                    "tid":"px","tst":1779485845,"vac":2,"vel":0,"cog":180,"motionactivities":["still"],"p":101.2}""",
                    "X-Limit-U: jane", "X-Limit-D: pixel", "Content-Type: application/json",
                    "User-Agent: Owntracks-Android/gms/420503000", "Accept-Encoding: gzip");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("[]");
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(at("jane/pixel")).isEqualTo("AT Alford +155.500000000 jane/pixel +34.0689301-118.4451273 1779485845");
        }

        @Test
        void theIosAppSaysWhoItIsInTheTopic() throws IOException {
            RawHttp.post(gateway.port(), "/owntracks", """
                    {"tst":1779485845,"acc":5,"_type":"location","alt":21,"lon":2.29513,"vac":3,"p":100.9,"lat":48.85833,
                     "topic":"owntracks/jane/iphone","batt":64,"conn":"m","tid":"JI","vel":4,"bs":1}""",
                    "Content-Type: application/json", "User-Agent: OwnTracks/18.4 CFNetwork/1498 Darwin/23.6.0");

            assertThat(at("jane/iphone")).endsWith(" jane/iphone +48.85833+2.29513 1779485845");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "/owntracks?u=jane&d=tab | {\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3} | jane/tab",
            "/owntracks | {\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3,\"u\":\"jane\",\"d\":\"tab\"} | jane/tab",
            "/owntracks | {\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3,\"tid\":\"JT\"} | JT"})
        void theDeviceMayAlsoBeNamedElsewhere(String target, String body, String client) throws IOException {
            RawHttp.post(gateway.port(), target, body);

            assertThat(at(client)).endsWith(client + " +1+2 3");
        }

        @ParameterizedTest
        @ValueSource(strings = {
            "{\"_type\":\"lwt\",\"tst\":1779485845}",
            "{\"_type\":\"transition\",\"event\":\"enter\",\"lat\":1,\"lon\":2,\"tst\":3,\"tid\":\"JJ\"}",
            "{\"_type\":\"waypoints\",\"waypoints\":[]}",
            "{\"_type\":\"encrypted\",\"data\":\"AAAA\"}",
            ""})
        void otherPayloadsAreAcceptedAndIgnored(String payload) throws IOException {
            RawHttp.Answer answer = RawHttp.post(gateway.port(), "/owntracks", payload);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("[]");
            assertThat(gateway.store.size()).isZero();
        }
    }

    @Nested
    class TraccarClients {
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
            assertThat(at("123456")).isEqualTo("AT Alford +155.500000000 123456 +34.06893-118.445127 1779485845");
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
            assertThat(at("87654321")).endsWith(" 87654321 +34.0689301-118.4451273 1779485845.123000000");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "id=a&lat=1.5&lon=-2.5&timestamp=1779485845 | a +1.5-2.5 1779485845",
            "deviceid=a&location=1.5,-2.5&timestamp=1779485845123 | a +1.5-2.5 1779485845.123",
            "id=a&location=1.5%2C-2.5&timestamp=2026-05-22T21:37:25Z | a +1.5-2.5 1779485845.000000000",
            "id=a&lat=1.5&lon=-2.5&timestamp=2026-05-22T23:37:25%2B02:00 | a +1.5-2.5 1779485845.000000000",
            "id=a&lat=1.5&lon=-2.5&timestamp=2026-05-22%2021:37:25 | a +1.5-2.5 1779485845.000000000",
            "id=a&lat=1.5&lon=-2.5 | a +1.5-2.5 1779486000.500000000"})
        void timesAndPlacesAreReadInTheWaysThatAppsWriteThem(String query, String fields) throws IOException {
            RawHttp.get(gateway.port(), "/osmand?" + query);

            assertThat(at("a")).endsWith(' ' + fields);
        }

        @Test
        void aFormWorksLikeAQuery() throws IOException {
            RawHttp.post(gateway.port(), "/osmand", "id=form&lat=1&lon=2&timestamp=3",
                    "Content-Type: application/x-www-form-urlencoded");

            assertThat(at("form")).endsWith(" form +1+2 3");
        }

        @Test
        void aFixThatIsMarkedInvalidIsIgnored() throws IOException {
            RawHttp.get(gateway.port(), "/osmand?id=a&lat=1&lon=2&timestamp=3&valid=false");

            assertThat(gateway.store.size()).isZero();
        }
    }

    @Nested
    class EveryReport {
        @ParameterizedTest
        @CsvSource({
            "1e-5, +0.00001", "-1E-7, -0.0000001", "9.0e1, +90", "-0, +0", "33.10, +33.10",
            "0.00000000000000000001, +0.000000000000"})
        void becomesPlainDecimals(String latitude, String plain) throws IOException {
            RawHttp.get(gateway.port(), "/osmand?id=a&lon=0&timestamp=3&lat=" + latitude);

            assertThat(at("a")).endsWith(" a " + plain + "+0 3");
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

            assertThat(at("Jane's%20phone")).endsWith(" Jane's%20phone +1+2 3");
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
        @ValueSource(strings = {"{", "[1]", "{\"_type\":\"location\"}", "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3}",
            "{\"_type\":\"location\",\"lat\":\"x\",\"lon\":2,\"tst\":3,\"tid\":\"a\"}"})
        void isAnswered200AlsoWhenItsJsonIsMalformed(String body) throws IOException {
            RawHttp.Answer answer = RawHttp.post(gateway.port(), "/owntracks", body);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("[]");
            assertThat(gateway.logged()).contains("POST /owntracks refused");
        }

        @Test
        void isAnswered200AndLoggedWhenItsTimeIsTooFarAhead() throws IOException {
            RawHttp.Answer answer = RawHttp.get(gateway.port(), "/osmand?id=a&lat=1&lon=2&timestamp=1900000000");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(gateway.store.size()).isZero();
            assertThat(gateway.logged()).contains(" ? IAMAT a +1+2 1900000000", "too far ahead");
        }

        @Test
        void isAnsweredOnceItIsAsSafeAsAClientsWouldBe() throws IOException {
            RawHttp.get(gateway.port(), "/osmand?id=a&lat=1&lon=2&timestamp=3");

            assertThat(gateway.settled).hasValue(1);
        }

        @Test
        void isRefusedWhenItIsTooLong() throws IOException {
            RawHttp.Answer answer = RawHttp.post(gateway.port(), "/owntracks", "x".repeat(HttpLimits.MAX_BODY_BYTES + 1));

            assertThat(answer.status()).isEqualTo(413);
        }
    }
}
