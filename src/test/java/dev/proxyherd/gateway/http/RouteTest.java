package dev.proxyherd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.gateway.http.Route.Cost;
import dev.proxyherd.gateway.http.Route.Needs;
import dev.proxyherd.gateway.request.Reply;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which paths a route is for, and which requests change something. */
class RouteTest {
    private static Route route(String path, Needs needs, String... methods) {
        return new Route(path, List.of(methods), Cost.PLAIN, needs,
                (Handler.Replying) request -> Reply.empty(204));
    }

    @Nested
    class Paths {
        @ParameterizedTest
        @CsvSource({
            "/api/herd, /api/herd, true", "/api/herd, /api/herd/, false", "/api/herd, /api/herds, false",
            "/, /, true", "/, /x, false", "/{file}, /, true", "/{file}, /a/b, true"})
        void fitWholeOrAroundTheBraces(String path, String asked, boolean fits) {
            assertThat(route(path, Needs.TOKEN, "GET").fits(asked)).isEqualTo(fits);
        }

        @ParameterizedTest
        @CsvSource({
            "/api/clients/kiwi/places, kiwi", "/api/clients/jane/phone/places, jane/phone",
            "/api/clients//places, ''", "/api/clients/places/places, places"})
        void giveThePartInBraces(String asked, String part) {
            Route places = route("/api/clients/{id}/places", Needs.TOKEN, "GET");

            assertThat(places.fits(asked)).isTrue();
            assertThat(places.part(asked)).isEqualTo(part);
        }

        @Test
        void doNotUseTheSameSlashTwice() {
            assertThat(route("/api/clients/{id}/places", Needs.TOKEN, "GET").fits("/api/clients/places")).isFalse();
        }

        @Test
        void ofReportsMayHaveASlashAtTheEndWhichIsNotPartOfThem() {
            Route reports = route("/osmand", Needs.TOKEN_TO_WRITE, "GET", "POST");

            assertThat(reports.fits("/osmand/")).isTrue();
            assertThat(reports.normal("/osmand/")).isEqualTo("/osmand");
            assertThat(reports.fits("/osmand//")).isFalse();
        }
    }

    @Nested
    class Writing {
        @ParameterizedTest
        @CsvSource({
            "TOKEN, GET, GET, false", "TOKEN, GET, HEAD, false", "TOKEN, GET, DELETE, true",
            "TOKEN_TO_WRITE, GET, GET, true", "TOKEN_TO_WRITE, POST, GET, false", "TOKEN_TO_WRITE, POST, POST, true"})
        void isWhatDoesNotOnlyAsk(Needs needs, String taken, String method, boolean writes) {
            assertThat(route("/x", needs, taken).writes(method)).isEqualTo(writes);
        }
    }
}
