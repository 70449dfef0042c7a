package dev.proxyherd.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.gateway.GatewaySettings;
import dev.proxyherd.gateway.RawHttp;
import dev.proxyherd.gateway.TestGateway;
import dev.proxyherd.gateway.http.PortSettings;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is turned away. */
class GuardTest {
    private static final String REPORT = "/osmand?id=a&lat=1&lon=2&timestamp=3";

    @TempDir
    Path dir;

    private TestGateway open(String token, List<String> origins) throws IOException {
        return new TestGateway(dir, TestGateway.settings(
                new AccessRules(token, false, origins, List.of("Herd.example")), 0, false, true),
                InstantSource.system());
    }

    @Nested
    class Hosts {
        @ParameterizedTest
        @ValueSource(
                strings = {"localhost", "localhost:8080", "LOCALHOST", "127.0.0.1:1", "192.168.1.7:8080", "[::1]:8080",
                    "herd.example:8080"})
        void thatArePlainlyThisPortAreServed(String host) throws IOException {
            try (TestGateway gateway = open(null, List.of())) {
                assertThat(RawHttp.get(gateway.port(), "/api/herd", "Host: " + host).status()).isEqualTo(200);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8080", "localhost:", "",
                    "user@localhost", "[evil]"})
        void thatMayHaveBeenReboundAreRefused(String host) throws IOException {
            try (TestGateway gateway = open(null, List.of())) {
                assertThat(RawHttp.get(gateway.port(), "/api/herd", "Host: " + host).status()).isIn(400, 403);
                assertThat(RawHttp.get(gateway.port(), REPORT, "Host: " + host).status()).isIn(400, 403);
                assertThat(gateway.store.size()).isZero();
            }
        }

        @Test
        void mustBeNamed() throws IOException {
            try (TestGateway gateway = open(null, List.of())) {
                assertThat(RawHttp.send(gateway.port(), "GET /api/herd HTTP/1.0\r\n\r\n").status()).isEqualTo(400);
            }
        }

        @Test
        void areNamedOnce() throws IOException {
            try (TestGateway gateway = open(null, List.of())) {
                assertThat(RawHttp.get(gateway.port(), "/api/herd", "Host: localhost", "Host: evil.example").status())
                        .isEqualTo(400);
            }
        }
    }

    @Nested
    class PagesElsewhere {
        @ParameterizedTest
        @ValueSource(strings = {
            "Origin: https://evil.example",
            "Origin: null",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
            "Host: 192.168.1.7:8080\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0",
            "Host: herd.example\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0",
            "X-Forwarded-For: 192.168.1.9\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0",
            "Via: 1.1 proxy\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0",
            "Sec-Fetch-Mode: no-cors\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0",
            "Sec-Fetch-Dest: image\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0",
            "Referer: https://evil.example/\r\nUser-Agent: Mozilla/5.0"})
        void doNotWrite(String header) throws IOException {
            try (TestGateway gateway = open(null, List.of("https://good.example"))) {
                assertThat(RawHttp.get(gateway.port(), REPORT, header).status()).isEqualTo(403);
                assertThat(RawHttp.post(gateway.port(), "/owntracks",
                        "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3,\"tid\":\"a\"}", header).status())
                        .isEqualTo(403);
                assertThat(gateway.store.size()).isZero();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "cross-site, image, 403", "same-site, empty, 403", "cross-site, iframe, 403", "cross-site, document, 200",
            "same-origin, empty, 200", "none, document, 200"})
        void mayLinkHereAndEmbedNothing(String site, String destination, int status) throws IOException {
            try (TestGateway gateway = open(null, List.of())) {
                for (String target : List.of("/", "/api/clients", "/metrics")) {
                    assertThat(RawHttp.get(gateway.port(), target, "Sec-Fetch-Site: " + site,
                            "Sec-Fetch-Dest: " + destination).status()).as(target).isEqualTo(status);
                }
            }
        }

        @Test
        void takeNoPlacesOfSubscribers() throws IOException {
            try (TestGateway gateway = open(null, List.of())) {
                assertThat(RawHttp.get(gateway.port(), "/api/events", "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Dest: image").status()).isEqualTo(403);
                assertThat(RawHttp.get(gateway.port(), "/metrics").body()).contains("herd_http_subscribers 0.0");
            }
        }

        @Test
        void doNotRead() throws IOException {
            try (TestGateway gateway = open(null, List.of("https://good.example"))) {
                RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/clients", "Origin: https://evil.example");

                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
                assertThat(RawHttp.get(gateway.port(), "/api/clients").header("Access-Control-Allow-Origin")).isNull();
            }
        }

        @Test
        void doWhenTheirOriginWasNamed() throws IOException {
            try (TestGateway gateway = open(null, List.of("https://good.example"))) {
                RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/clients", "Origin: https://good.example");
                RawHttp.Answer preflight =
                        RawHttp.send(gateway.port(), "OPTIONS /api/clients HTTP/1.1\r\nHost: localhost\r\n"
                                + "Origin: https://good.example\r\nAccess-Control-Request-Method: GET\r\nConnection: close\r\n\r\n");

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://good.example");
                assertThat(preflight.status()).isEqualTo(204);
                assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Authorization");
            }
        }

        @Test
        void whoseOriginWasNamedMayReadWhyTheyWereRefused() throws IOException {
            try (TestGateway gateway = open("s3cret", List.of("https://good.example"))) {
                for (String target : List.of("/api/clients", "/nowhere")) {
                    RawHttp.Answer refused = RawHttp.get(gateway.port(), target, "Origin: https://good.example");

                    assertThat(refused.status()).isEqualTo(401);
                    assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://good.example");
                }
            }
        }

        @Test
        void leaveNoMoreThanAShortLineInTheLogHoweverMuchTheyAskFor() throws IOException {
            try (TestGateway gateway = open(null, List.of())) {
                RawHttp.get(gateway.port(), "/" + "x".repeat(10_000), "Origin: https://evil.example");

                assertThat(gateway.logged().lines()).anyMatch(line -> line.contains("https://evil.example"))
                        .allMatch(line -> line.length() < 300);
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "127.0.0.1:8080 | Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621.4391",
            "localhost:8080 | Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.22631; en-US) PowerShell/7.4.6",
            "[::1]:8080 | Mozilla/4.0 (compatible; Win32; WinHttp.WinHttpRequest.5)"})
        void areNotMeantWhereAScriptOfThisMachineCallsItselfABrowser(String host, String agent) throws IOException {
            try (TestGateway gateway = open(null, List.of())) {
                for (String target : List.of(REPORT, REPORT.replace("id=a", "id=b"))) {
                    assertThat(RawHttp.get(gateway.port(), target, "Host: " + host, "User-Agent: " + agent).status())
                            .isEqualTo(200);
                }
                assertThat(gateway.store.size()).isEqualTo(2);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "User-Agent: OsmAnd/4.7"})
        void areNotMeantWhereSomebodyElseAsks(String header) throws IOException {
            try (TestGateway gateway = open(null, List.of())) {
                assertThat(RawHttp.get(gateway.port(), REPORT, header).status()).isEqualTo(200);
                assertThat(gateway.store.size()).isEqualTo(1);
            }
        }
    }

    @Nested
    class Tokens {
        @ParameterizedTest
        @CsvSource({
            "Bearer s3cret, 200", "bearer s3cret, 200", "Bearer wrong, 401", "Bearer, 401", "Basic, 401",
            "Basic !!!, 401", "Digest s3cret, 401", "s3cret, 401"})
        void areAskedForEverywhereWhenOneIsSet(String authorization, int status) throws IOException {
            try (TestGateway gateway = open("s3cret", List.of())) {
                for (String target : List.of("/", "/api/clients", "/metrics", REPORT)) {
                    assertThat(RawHttp.get(gateway.port(), target, "Authorization: " + authorization).status())
                            .as(target).isEqualTo(status);
                }
            }
        }

        @Test
        void areThePasswordOfBasicAuthentication() throws IOException {
            String basic = Base64.getEncoder().encodeToString("jane:s3cret".getBytes(StandardCharsets.UTF_8));
            try (TestGateway gateway = open("s3cret", List.of())) {
                RawHttp.post(gateway.port(), "/owntracks",
                        "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":3,\"tid\":\"JP\"}",
                        "Authorization: Basic " + basic);

                assertThat(gateway.store.find("jane/JP")).isNotNull();
            }
        }

        @Test
        void areAskedForInAWayThatBrowsersUnderstand() throws IOException {
            try (TestGateway gateway = open("s3cret", List.of())) {
                assertThat(RawHttp.get(gateway.port(), "/").header("WWW-Authenticate")).startsWith("Basic realm=");
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "X-Nothing: 1              | a token is needed: | Basic realm=\"herd\", charset=\"UTF-8\"",
            "Authorization: Digest abc | a token is needed: | Basic realm=\"herd\", charset=\"UTF-8\"",
            "Authorization: Basic YTpi | it is wrong        | Basic realm=\"herd\", charset=\"UTF-8\"",
            "Authorization: bearer abc | it is wrong        | Bearer realm=\"herd\", error=\"invalid_token\""})
        void areSaidToBeWrongWhereOneWasShown(String header, String detail, String challenge) throws IOException {
            try (TestGateway gateway = open("s3cret", List.of())) {
                RawHttp.Answer refused = RawHttp.get(gateway.port(), "/api/clients", header);

                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.body()).contains(detail);
                assertThat(refused.header("WWW-Authenticate")).isEqualTo(challenge);
            }
        }

        @Test
        void areNotAskedOfThoseWhoOnlyAskWhetherTheServerLives() throws IOException {
            try (TestGateway gateway = open("s3cret", List.of())) {
                assertThat(RawHttp.get(gateway.port(), "/healthz").status()).isEqualTo(200);
                assertThat(RawHttp.get(gateway.port(), "/readyz").status()).isEqualTo(200);
            }
        }

        @Test
        void areNeededForAnAddressThatOthersCanReach() {
            GatewaySettings everywhere =
                    new GatewaySettings(
                            new PortSettings(new ServerAddress("0.0.0.0", 0), 1, AccessRules.NONE, 0), false, true);

            assertThatThrownBy(() -> new TestGateway(dir, everywhere, InstantSource.system()))
                    .isInstanceOf(IOException.class).hasMessageContaining("--http-token")
                    .hasMessageContaining("--http-open");
        }
    }

    @Nested
    class ThePage {
        @Test
        void runsNothingButItsOwnScripts() throws IOException {
            try (TestGateway gateway = open(null, List.of())) {
                RawHttp.Answer page = RawHttp.get(gateway.port(), "/");

                assertThat(page.header("Content-Security-Policy"))
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe");
                assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(page.body()).doesNotContain("<style", " style=", " onclick=")
                        .doesNotContainPattern("<script(?! type=\"module\" src=)");
            }
        }

        @Test
        void isNotSentAgainWhenTheBrowserHasIt() throws IOException {
            try (TestGateway gateway = open(null, List.of())) {
                String tag = RawHttp.get(gateway.port(), "/main.js").header("ETag");

                assertThat(RawHttp.get(gateway.port(), "/main.js", "If-None-Match: " + tag).status()).isEqualTo(304);
            }
        }

        @Test
        void differsByOriginAndByCompressionAndSaysSo() throws IOException {
            try (TestGateway gateway = open(null, List.of("https://good.example"))) {
                RawHttp.Answer file = RawHttp.get(gateway.port(), "/main.js", "Origin: https://good.example");
                RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/herd", "Origin: https://good.example");

                assertThat(file.head().lines()).contains("Vary: Origin", "Vary: Accept-Encoding");
                assertThat(answer.head().lines()).contains("Vary: Origin").doesNotContain("Vary: Accept-Encoding");
            }
        }

        @Test
        void isSentCompressedToBrowsersThatCan() throws IOException {
            try (TestGateway gateway = open(null, List.of())) {
                RawHttp.Answer plain = RawHttp.get(gateway.port(), "/countries-50m.json");
                RawHttp.Answer small = RawHttp.get(gateway.port(), "/countries-50m.json", "Accept-Encoding: gzip, br");

                assertThat(small.header("Content-Encoding")).isEqualTo("gzip");
                assertThat(Integer.parseInt(small.header("Content-Length")))
                        .isLessThan(Integer.parseInt(plain.header("Content-Length")) / 2);
            }
        }
    }
}
