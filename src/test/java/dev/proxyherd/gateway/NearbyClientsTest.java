package dev.proxyherd.gateway;

import static dev.proxyherd.gateway.ApiAnswers.get;
import static dev.proxyherd.gateway.ApiAnswers.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/nearby}: clients near a point. */
class NearbyClientsTest {
    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir);
    }

    @Test
    void comeNearestFirstWithTheirDistance() throws IOException {
        gateway.hear("far +34.5-118 3");
        gateway.hear("near +34.01-118 3");
        gateway.hear("elsewhere +48+2 3");

        JsonObject found = get(gateway, "/api/nearby?lat=34&lon=-118&radius=100");

        assertThat(ids(found)).containsExactly("near", "far");
        assertThat(found.toString()).contains("\"distance\":1112.0");
    }

    @Test
    void areFoundAcrossTheDateLine() throws IOException {
        gateway.hear("east +0-179.99 3");

        assertThat(ids(get(gateway, "/api/nearby?lat=0&lon=179.99&radius=5"))).containsExactly("east");
    }

    @Test
    void areSeenTheMomentThatTheirReportIsAnswered() throws IOException {
        for (int i = 0; i < 20; i++) {
            RawHttp.get(gateway.port(), "/osmand?id=me&lat=1&lon=" + i + "&timestamp=" + (100 + i));
            assertThat(ids(get(gateway, "/api/nearby?lat=1&lon=" + i + "&radius=1"))).containsExactly("me");
        }
    }
}
