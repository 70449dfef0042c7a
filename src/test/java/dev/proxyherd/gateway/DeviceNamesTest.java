package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of devices, in whatever bytes: as over TCP, other bytes are another client. */
class DeviceNamesTest {
    private static final String PAYLOAD = "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3,\"tid\":\"T\"}";

    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = TestGateway.standingStill(dir);
    }

    private void areTwo() throws IOException {
        assertThat(gateway.at("col\u00fe")).endsWith(" +1+2 3");
        assertThat(gateway.at("col\u00ff")).endsWith(" +1+2 3");
        assertThat(gateway.store.size()).isEqualTo(2);
        assertThat(ApiAnswers.get(gateway, "/api/clients/col%FE").get("id").getAsString()).isEqualTo("col%FE");
    }

    @Test
    void areTwoInQueries() throws IOException {
        RawHttp.get(gateway.port(), "/osmand?id=col%fe&lat=1&lon=2&timestamp=3");
        RawHttp.get(gateway.port(), "/osmand?id=col%ff&lat=1&lon=2&timestamp=3");

        areTwo();
    }

    @ParameterizedTest
    @CsvSource({"col%fe, col%ff", "col\u00fe, col\u00ff"})
    void areTwoInForms(String one, String other) throws IOException {
        for (String name : new String[] {one, other}) {
            String form = "id=" + name + "&lat=1&lon=2&timestamp=3";
            RawHttp.post(gateway.port(), "/osmand", form.getBytes(StandardCharsets.ISO_8859_1));
        }

        areTwo();
    }

    @Test
    void areTwoAsUsers() throws IOException {
        for (String user : new String[] {"u\u00fe", "u\u00ff"}) {
            byte[] pair = (user + ":x").getBytes(StandardCharsets.ISO_8859_1);
            RawHttp.post(gateway.port(), "/owntracks", PAYLOAD,
                    "Authorization: Basic " + Base64.getEncoder().encodeToString(pair));
        }

        assertThat(gateway.at("u\u00fe/T")).endsWith(" +1+2 3");
        assertThat(gateway.at("u\u00ff/T")).endsWith(" +1+2 3");
    }

    @Test
    void areOneInHeadersAndInJsonWhereTheyAreUtf8() throws IOException {
        RawHttp.post(gateway.port(), "/owntracks", PAYLOAD, "X-Limit-U: J\u00fcrgen", "X-Limit-D: T");
        RawHttp.post(gateway.port(), "/owntracks", PAYLOAD.replace("T", "J\u00fcrgen/T").replace("tid", "topic"));

        assertThat(gateway.at("J\u00c3\u00bcrgen/T")).endsWith(" +1+2 3");
        assertThat(gateway.store.size()).isEqualTo(1);
    }

    @Test
    void loseNoMoreThanTheHerdsOwnWhiteSpaceAtTheirEnds() throws IOException {
        RawHttp.get(gateway.port(), "/osmand?id=%0Aa%1C+&lat=1&lon=2&timestamp=3");

        assertThat(gateway.at("a\u001c")).endsWith(" +1+2 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff", "\\ud800"})
    void areRefusedInJsonWhichCannotHoldThem(String tail) throws IOException {
        RawHttp.Answer answer = RawHttp.post(gateway.port(), "/owntracks",
                PAYLOAD.replace("T", "T" + tail).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.store.size()).isZero();
        assertThat(gateway.logged()).contains("POST /owntracks refused");
    }

    @Test
    void areRefusedByThemselvesWithinAnArray() throws IOException {
        String fix = "'location':{'coords':{'latitude':1,'longitude':2},'timestamp':3}}";
        String body = "[{'device_id':'a\\ud800'," + fix + ",{'device_id':'b'," + fix + "]";

        RawHttp.post(gateway.port(), "/osmand", body.replace('\'', '"'));

        assertThat(gateway.at("b")).endsWith(" +1+2 3");
        assertThat(gateway.store.size()).isEqualTo(1);
    }
}
