package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.proxyherd.gateway.access.AccessRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is not taken in is logged with the reason, counted by reason, and whoever sent it by hand is told. */
class RefusedReportsTest {
    private static final String JANE = "Authorization: Basic amFuZTp4";

    @TempDir
    private Path dir;

    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open() throws IOException {
        gateway = TestGateway.standingStill(dir);
    }

    private double counted(String reason) throws IOException {
        String line = RawHttp.get(gateway.port(), "/metrics").body().lines()
                .filter(text -> text.startsWith("herd_http_refused_reports_total{reason=\"" + reason + "\"} "))
                .findFirst().orElseThrow();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ')));
    }

    private void isLoggedAndCounted(String reason, String words) throws IOException {
        assertThat(gateway.store.size()).isZero();
        assertThat(counted(reason)).isEqualTo(1);
        assertThat(gateway.logged())
                .containsPattern(" -- http:\\S+ (GET|POST) /\\w+ refused \\(\\d+ bytes\\): " + reason
                        + ": [^\n]*" + words);
    }

    @Nested
    class OfOwnTracks {
        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "{'lat':1,'lon':2} | no_type | _type is missing",
            "{'_type':null,'lat':1,'lon':2} | no_type | _type is missing",
            "{} | no_type | _type is missing",
            "{'_type':'position','lat':1,'lon':2,'tst':3} | unknown_type | 'position'",
            "{'_type':'encrypted','data':'AAAA'} | encrypted | switch the app's encryption off",
            "{'_type':'transition','event':'enter','lat':1,'lon':2,'tst':3,'tid':'a'} | not_a_fix | transition",
            "[] | no_location | empty",
            "{'_type':'location','lat':0,'lon':0.0,'tst':3,'tid':'a'} | null_island | --http-take-null-island",
            "{'_type':'location','lat':1,'lon':2,'tst':1900000000,'tid':'a'} | too_far_ahead | too far ahead"})
        void areAnswered200WithTheReason(String payload, String reason, String words) throws IOException {
            RawHttp.Answer answer = RawHttp.post(gateway.port(), "/owntracks", payload.replace("'", "\""), JANE);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Herd-Refused")).startsWith(reason + ": ");
            assertThat(JsonParser.parseString(answer.body()).getAsJsonArray().get(0).getAsJsonObject().get("detail")
                    .getAsString()).startsWith(reason + ": ");
            isLoggedAndCounted(reason, words);
        }

        @Test
        void areTakenForLocationsWhereOnlyTheTypeIsMissing() throws IOException {
            RawHttp.Answer answer =
                    RawHttp.post(gateway.port(), "/owntracks", "{\"lat\":52.12,\"lon\":-2.12,\"tst\":1779485845}",
                            JANE);

            assertThat(answer.body()).isEqualTo("[]");
            assertThat(gateway.at("jane")).endsWith(" jane +52.12-2.12 1779485845");
        }

        @ParameterizedTest
        @ValueSource(strings = {"beacon", "card", "cmd", "configuration", "dump", "lwt", "request", "status", "steps",
            "waypoint", "waypoints"})
        void areQuietlyLeftAloneWhereTheBookletNamesATypeWithoutTheDevicesPlace(String type) throws IOException {
            RawHttp.Answer answer = RawHttp.post(gateway.port(), "/owntracks",
                    "{\"_type\":\"" + type + "\",\"lat\":1,\"lon\":2,\"tst\":3,\"tid\":\"a\"}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("[]");
            assertThat(gateway.store.size()).isZero();
            assertThat(gateway.logged()).doesNotContain("refused");
        }
    }

    @Nested
    class OfTraccar {
        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "{'device_id':'h2d'} | no_location | location is missing",
            "{'device_id':'h2d','location':null} | no_location | location is missing",
            "{'device_id':'h2d','location':[]} | no_location | location is missing",
            "[] | no_location | empty",
            "{'device_id':'a','location':{'coords':{'latitude':0,'longitude':0},'timestamp':3}} | null_island | are 0",
            "{'device_id':'a','valid':false,'location':{'coords':{'latitude':1,'longitude':2}}} | invalid_fix | valid=false"})
        void areToldOfInJson(String body, String reason, String words) throws IOException {
            RawHttp.Answer answer = RawHttp.post(gateway.port(), "/osmand", body.replace("'", "\""));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).startsWith("refused: " + reason + ": ");
            isLoggedAndCounted(reason, words);
        }

        @ParameterizedTest
        @CsvSource({
            "lat=0&lon=0, null_island", "lat=0.000000&lon=-0.0, null_island", "location=0%2C0, null_island",
            "lat=1&lon=2&valid=false, invalid_fix", "lat=1&lon=2&valid=False, invalid_fix",
            "lat=1&lon=2&valid=0, invalid_fix"})
        void areToldOfInAQuery(String place, String reason) throws IOException {
            RawHttp.Answer answer = RawHttp.get(gateway.port(), "/osmand?id=a&timestamp=3&" + place);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).startsWith("refused: " + reason + ": ");
            isLoggedAndCounted(reason, "");
        }

        @ParameterizedTest
        @ValueSource(strings = {"lat=0&lon=2", "lat=1&lon=0", "lat=0.0000001&lon=0", "lat=1&lon=2&valid=true"})
        void areNoneWhereOnlyOneOfTheTwoIsZeroOrTheFixIsValid(String place) throws IOException {
            RawHttp.get(gateway.port(), "/osmand?id=a&timestamp=3&" + place);

            assertThat(gateway.store.size()).isEqualTo(1);
        }
    }

    @Nested
    class AtNullIsland {
        @Test
        void areTakenWhereTheOperatorSaysSo() throws IOException {
            gateway.close();
            gateway =
                    new TestGateway(dir,
                            TestGateway.settings(AccessRules.NONE, 0, true, true),
                            InstantSource.fixed(Instant.parse("2026-05-22T21:40:00.5Z")));

            RawHttp.get(gateway.port(), "/osmand?id=buoy&lat=0&lon=0&timestamp=3");

            assertThat(gateway.at("buoy")).endsWith(" buoy +0+0 3");
        }
    }

    /** Nothing is lost, for the app keeps what is answered with an error. */
    @Nested
    class SentElsewhere {
        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "/owntracks | {'locations':[{'type':'Feature'}]} | /overland",
            "/pub | [{'locations':[]}] | /overland",
            "/osmand | {'locations':[]} | /overland",
            "/osmand | {'_type':'location','lat':1,'lon':2,'tst':3,'tid':'a'} | /owntracks"})
        void areAnswered400WithTheirEndpoint(String path, String body, String endpoint) throws IOException {
            RawHttp.Answer answer = RawHttp.post(gateway.port(), path, body.replace("'", "\""));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.body()).contains("its endpoint is " + endpoint);
            isLoggedAndCounted("wrong_endpoint", endpoint);
        }
    }

    @Test
    void ofSeveralKindsAreCountedByKindAndToldOfInOneLine() throws IOException {
        String point = "{'_type':'location','tid':'a','tst':3,'lat':LAT,'lon':0}";
        String body = "[" + point.replace("LAT", "0") + ",7," + point.replace("LAT", "0") + ","
                + point.replace("LAT", "5") + ",{'_type':'new'}]";

        RawHttp.post(gateway.port(), "/owntracks", body.replace("'", "\""));

        assertThat(gateway.at("a")).endsWith(" a +5+0 3");
        assertThat(counted("malformed")).isEqualTo(1);
        assertThat(counted("unknown_type")).isEqualTo(1);
        assertThat(counted("null_island")).isEqualTo(2);
        assertThat(gateway.logged())
                .containsPattern("refused \\(\\d+ bytes\\): malformed: a JSON object is expected; unknown_type: "
                        + "[^\n]*; null_island: [^\n]*; and 1 more of its reports\n");
    }
}
