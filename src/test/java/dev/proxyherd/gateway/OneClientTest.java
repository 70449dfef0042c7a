package dev.proxyherd.gateway;

import static dev.proxyherd.gateway.ApiAnswers.get;
import static dev.proxyherd.gateway.ApiAnswers.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /api/clients/ID}: one client. */
class OneClientTest {
    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir);
    }

    @Test
    void isAFeatureWithItsAtRecord() throws IOException {
        gateway.hear("kiwi +034.068930-118.445127 1400794645.392014450");

        RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/clients/kiwi");

        assertThat(answer.header("Content-Type")).isEqualTo("application/geo+json");
        assertThat(answer.body()).contains("\"coordinates\":[-118.445127,34.068930]");
        JsonObject properties = JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("properties");
        assertThat(properties.get("server").getAsString()).isEqualTo("Alford");
        assertThat(properties.get("time").getAsString()).isEqualTo("1400794645.392014450");
        assertThat(properties.get("at").getAsString()).isEqualTo(gateway.store.find("kiwi").toString());
    }

    @Test
    void isNotFoundWhenNobodyHasHeardOfIt() throws IOException {
        RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/clients/nobody");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "café, /api/clients/caf%C3%A9",
        "café, /api/clients/café",
        "jane/phone, /api/clients/jane%2Fphone",
        "jane/phone, /api/clients/jane/phone",
        "a+b%20c, /api/clients/a+b%2520c"})
    void isNamedInThePathPercentEncodedWhereThatIsNeeded(String id, String path) throws IOException {
        gateway.hear(id + " +1+2 3");

        assertThat(get(gateway, path).get("id").getAsString()).isEqualTo(id);
    }

    @Test
    void isShownPercentEncodedWhenItsIdIsNoUtf8() throws IOException {
        byte[] line = {'A', 'T', ' ', 'W', ' ', '+', '0', '.', '0', '0', '0', '0', '0', '0', '0', '0', '0', ' ',
            'x', (byte) 0xFF, '%', ' ', '+', '1', '-', '2', ' ', '3'};
        gateway.store.merge(Location.parse(line, 0, line.length, 0));

        JsonObject feature = get(gateway, "/api/clients/x%FF%25");

        assertThat(feature.get("id").getAsString()).isEqualTo("x%FF%25");
        assertThat(feature.getAsJsonObject("properties").get("encoded").getAsBoolean()).isTrue();
    }

    @Test
    void isEscapedSoThatItMayStandInAPage() throws IOException {
        gateway.hear("</script><b>&\"\\\u2028 +1+2 3");

        RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/clients");

        assertThat(answer.body()).doesNotContain("<", ">", "&", "\u2028");
        assertThat(ids(JsonParser.parseString(answer.body()).getAsJsonObject()))
                .containsExactly("</script><b>&\"\\\u2028");
    }
}
