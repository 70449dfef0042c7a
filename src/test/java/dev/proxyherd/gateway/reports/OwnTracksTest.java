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

/** Reports of OwnTracks: requests of the shapes that its apps send. */
class OwnTracksTest {
    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = TestGateway.standingStill(dir);
    }

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
        assertThat(gateway.at("jane/pixel"))
                .isEqualTo("AT Alford +155.500000000 jane/pixel +34.0689301-118.4451273 1779485845");
    }

    @Test
    void theIosAppSaysWhoItIsInTheTopic() throws IOException {
        RawHttp.post(gateway.port(), "/owntracks", """
                {"tst":1779485845,"acc":5,"_type":"location","alt":21,"lon":2.29513,"vac":3,"p":100.9,"lat":48.85833,
                 "topic":"owntracks/jane/iphone","batt":64,"conn":"m","tid":"JI","vel":4,"bs":1}""",
                "Content-Type: application/json", "User-Agent: OwnTracks/18.4 CFNetwork/1498 Darwin/23.6.0");

        assertThat(gateway.at("jane/iphone")).endsWith(" jane/iphone +48.85833+2.29513 1779485845");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pub", "/pub/", "/owntracks/pub", "/owntracks/pub/", "/owntracks/"})
    void theRecordersPathsAreTheSameEndpoint(String path) throws IOException {
        RawHttp.Answer answer = RawHttp.post(gateway.port(), path + "?u=jane&d=tab",
                "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3}");

        assertThat(answer.body()).isEqualTo("[]");
        assertThat(gateway.at("jane/tab")).endsWith(" jane/tab +1+2 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/owntracks?u=jane&d=tab | {\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3} | jane/tab",
        "/owntracks | {\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3,\"u\":\"jane\",\"d\":\"tab\"} | jane/tab",
        "/owntracks | {\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3,\"tid\":\"JT\"} | JT"})
    void theDeviceMayAlsoBeNamedElsewhere(String target, String body, String client) throws IOException {
        RawHttp.post(gateway.port(), target, body);

        assertThat(gateway.at(client)).endsWith(client + " +1+2 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"_type\":\"lwt\",\"tst\":1779485845}",
        "{\"_type\":\"waypoints\",\"waypoints\":[]}",
        ""})
    void otherPayloadsAreAcceptedAndIgnored(String payload) throws IOException {
        RawHttp.Answer answer = RawHttp.post(gateway.port(), "/owntracks", payload);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[]");
        assertThat(gateway.store.size()).isZero();
    }
}
