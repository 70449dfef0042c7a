package dev.proxyherd.gateway;

import static dev.proxyherd.gateway.ApiAnswers.get;
import static dev.proxyherd.gateway.ApiAnswers.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** {@code %FF}, the byte 0xFF that is shown so, {@code %25FF}, that the first is shown as, and so on. */
    @Test
    void isNeverShownAsAnotherIs() throws IOException {
        Map<String, String> shownByPath = new TreeMap<>();
        for (String id : List.of("\u00ff", "%FF", "%25FF", "%2525FF", "%ff", "%", "%41", "a%20b", "%C3%BC", "%zz",
                "%FFx",
                "\u00ffx", "\u00ff%FF", "\u00ff\u00ff", "%FF%FF", "\u00c3\u00bc")) {
            byte[] line = ("AT W +0.000000000 " + id + " +1-2 3").getBytes(StandardCharsets.ISO_8859_1);
            gateway.store.merge(Location.parse(line, 0, line.length, 0));
            String path = "/api/clients/" + ClientIds.encoded(id);
            JsonObject feature = get(gateway, path);
            String shown = feature.get("id").getAsString();
            shownByPath.put(path, shown);

            boolean encoded = feature.getAsJsonObject("properties").has("encoded");
            String again = "/api/clients/" + (encoded ? shown : URLEncoder.encode(shown, StandardCharsets.UTF_8));
            assertThat(get(gateway, again)).as("asked for as it is shown").isEqualTo(feature);
            assertThat(get(gateway, again + "/places").get("client")).isEqualTo(feature);
            assertThat(feature.getAsJsonObject("properties").get("at").getAsString()).contains(" " + shown + " ");
        }
        assertThat(shownByPath.values()).doesNotHaveDuplicates().contains("%FF", "%25FF", "%252525FF", "a%20b", "ü",
                "%ff");
        assertThat(ids(get(gateway, "/api/clients"))).containsExactlyInAnyOrderElementsOf(shownByPath.values());
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
