package dev.proxyherd.gateway.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.gateway.RawHttp;
import dev.proxyherd.gateway.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of Overland: requests of the shapes that it and its like send. */
class OverlandTest {
    private static final String OK = "{\"result\":\"ok\"}";

    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = TestGateway.standingStill(dir);
    }

    private RawHttp.Answer post(String target, String body, String... headers) throws IOException {
        return RawHttp.post(gateway.port(), target, body.replace("'", "\""), headers);
    }

    private static String point(String latitude, String time, String more) {
        return "{'type':'Feature','geometry':{'type':'Point','coordinates':[-2.12," + latitude
                + "]},'properties':{'timestamp':'"
                + time + "','altitude':80,'speed':4,'horizontal_accuracy':30,'vertical_accuracy':-1,"
                + "'motion':['driving','stationary'],'battery_state':'charging','battery_level':0.89,'wifi':''" + more
                + "}}";
    }

    @Test
    void areTakenAndAnsweredInTheOneWayThatMakesTheAppDeleteThem() throws IOException {
        RawHttp.Answer answer = post("/overland", "{'locations':["
                + point("52.11", "2026-05-22T14:37:24-0700", ",'device_id':'x'") + ","
                + point("52.12", "2026-05-22T14:37:25-0700", ",'device_id':'x'") + "]}",
                "Content-Type: application/json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body()).isEqualTo(OK);
        assertThat(answer.header("Herd-Refused")).isNull();
        assertThat(gateway.at("x")).isEqualTo("AT Alford +155.500000000 x +52.12-2.12 1779485845.000000000");
        assertThat(gateway.logged()).contains(" IAMAT x +52.11-2.12 1779485844");
    }

    @Test
    void areTakenAlsoWhenTheyAreEmpty() throws IOException {
        assertThat(post("/overland", "{'locations':[]}").body()).isEqualTo(OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "7", "null", "{}", "{'type':'Feature','geometry':null,'properties':{'timestamp':'2026-05-22T21:37:25Z'}}",
        "{'type':'Feature','geometry':{'type':'Point','coordinates':[1]},'properties':{'timestamp':'2026-05-22T21:37:25Z'}}",
        "{'type':'Feature','geometry':{'type':'Point','coordinates':[[],{}]},'properties':{'timestamp':'2026-05-22T21:37:25Z'}}",
        "{'type':'Feature','geometry':{'type':'Point','coordinates':[0,0]},'properties':{'timestamp':'2026-05-22T21:37:25Z'}}",
        "{'type':'Feature','geometry':{'type':'Point','coordinates':[1,91]},'properties':{'timestamp':'2026-05-22T21:37:25Z'}}",
        "{'type':'Feature','geometry':{'type':'Point','coordinates':[1,2]},'properties':{'timestamp':'yesterday'}}",
        "{'type':'Feature','geometry':{'type':'Point','coordinates':[1,2]},'properties':{}}",
        "{'type':'Feature','geometry':{'type':'Point','coordinates':[1,2]},'properties':{'timestamp':'2026-05-22T21:37:25Z',"
                + "'device_id':'a\\ud800'}}",
        "{'type':'Feature','geometry':{'type':'Point','coordinates':[1,2]},'properties':{'timestamp':'2026-05-22T21:37:25Z',"
                + "'action':'visit'}}"})
    void neitherLoseTheirGoodPointsNorBlockTheQueueForABadOne(String bad) throws IOException {
        RawHttp.Answer answer =
                post("/overland", "{'locations':[" + point("1", "2026-05-22T21:37:20Z", ",'device_id':'x'")
                        + "," + bad + "," + point("2", "2026-05-22T21:37:30Z", ",'device_id':'y'") + "]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(OK);
        assertThat(answer.header("Herd-Refused")).isNotEmpty();
        assertThat(gateway.at("x")).contains(" x +1-2.12 ");
        assertThat(gateway.at("y")).contains(" y +2-2.12 ");
        assertThat(gateway.store.size()).isEqualTo(2);
        assertThat(RawHttp.get(gateway.port(), "/metrics").body()).containsPattern(
                "herd_http_refused_reports_total\\{reason=\"\\w+\"} 1\\.0");
        assertThat(gateway.logged()).contains("POST /overland refused (");
    }

    @Test
    void tellOfTheNewestFixBesidesWhileTheQueueIsLong() throws IOException {
        post("/overland", "{'locations':[" + point("1", "2026-05-22T10:00:00Z", ",'device_id':'x'") + "],'current':"
                + point("2", "2026-05-22T21:00:00Z", ",'device_id':'x'") + ",'trip':{'distance':5,'current_location':"
                + point("3", "2026-05-22T21:10:00Z", ",'device_id':'x'") + ",'start':'2026-05-22T09:00:00Z'}}");

        assertThat(gateway.at("x")).contains(" x +3-2.12 ");
    }

    @Test
    void tellOfTripsWhichAreReportsOfTheirEnd() throws IOException {
        post("/overland", "{'locations':[" + point("4", "2026-05-22T21:00:00Z",
                ",'device_id':'x','type':'trip','mode':'walk','start':'2026-05-22T20:00:00Z','end':'2026-05-22T21:00:00Z'")
                + "]}");

        assertThat(gateway.at("x")).contains(" x +4-2.12 ");
    }

    @Test
    void mayHoldThousandsOfPoints() throws IOException {
        StringBuilder batch = new StringBuilder("{'locations':[");
        for (int i = 0; i < 5_000; i++) {
            batch.append(i == 0 ? "" : ",").append(point("1." + i, "2026-05-22T21:37:25Z",
                    ",'device_id':'d" + i + "','note':'" + "n".repeat(300) + "'"));
        }

        RawHttp.Answer answer = post("/overland", batch.append("]}").toString());

        assertThat(batch.length()).isGreaterThan(3_000_000);
        assertThat(answer.body()).isEqualTo(OK);
        assertThat(gateway.store.size()).isEqualTo(5_000);
    }

    @Test
    void areRefusedWhenTheyAreTooLong() throws IOException {
        RawHttp.Answer answer = post("/overland", "x".repeat(LongBodies.MAX_BATCH_BYTES + 1));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("fewer points");
        assertThat(gateway.logged()).contains("POST /overland refused: ");
    }

    /** The app keeps it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{'locations':7}", "{'_type':'location','lat':1,'lon':2,'tst':3}"})
    void areAnswered400WhenTheyAreNone(String body) throws IOException {
        RawHttp.Answer answer = post("/overland", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(gateway.logged()).contains("POST /overland refused (");
    }

    @Nested
    class WhoseDeviceIsNotNamedInAPoint {
        private static final String POINT = point("1", "2026-05-22T21:37:25Z", ",'device_id':''");
        private static final String JANE = "Authorization: Basic amFuZTp4";

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "/overland?device_id=url | {'locations':[P],'device_id':'colota'} | colota",
            "/overland?device_id=url | {'locations':[P]} | url",
            "/overland/ | {'locations':[P]} | jane"})
        void haveItElsewhere(String target, String body, String client) throws IOException {
            assertThat(post(target, body.replace("P", POINT), JANE).body()).isEqualTo(OK);

            assertThat(gateway.at(client)).contains(" " + client + " +1-2.12 ");
        }

        @Test
        void haveItInTheirOtherPointsWhereOthersQueuedBeforeItWasNamed() throws IOException {
            post("/overland",
                    "{'locations':[" + POINT + "," + point("1", "2026-05-22T21:00:00Z", ",'device_id':'late'") + "]}");

            assertThat(gateway.at("late")).contains(" late +1-2.12 1779485845");
        }

        @Test
        void areLeftInTheAppUntilSomebodyNamesIt() throws IOException {
            RawHttp.Answer answer = post("/overland", "{'locations':[" + POINT + "]}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("Device ID", "?device_id=NAME");
            assertThat(gateway.store.size()).isZero();
        }
    }
}
