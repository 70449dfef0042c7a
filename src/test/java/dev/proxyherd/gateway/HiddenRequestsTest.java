package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests in what a proxy before this port takes for the body of another: they pass its guard unseen. */
class HiddenRequestsTest {
    private static final String HIDDEN = "GET /osmand?id=hidden&lat=1&lon=2&timestamp=3 HTTP/1.1\r\nHost: localhost\r\n"
            + "Connection: close\r\n\r\n";

    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = TestGateway.standingStill(dir);
    }

    /** 2^32 + 2 bytes to a proxy, two to Java's server; and lengths that are none to a proxy. */
    @ParameterizedTest
    @ValueSource(strings = {
        "Transfer-Encoding: chunked\r\n\r\n100000002\r\n[]\r\n0\r\n\r\n",
        "Content-Length: +2\r\n\r\n[]"})
    void areNotServed(String rest) throws IOException {
        for (String line : new String[] {"POST /owntracks", "POST /api/herd", "GET /api/herd"}) {
            RawHttp.Answer answer =
                    RawHttp.send(gateway.port(), line + " HTTP/1.1\r\nHost: localhost\r\n" + rest + HIDDEN);

            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(gateway.store.find("hidden")).isNull();
        }
    }

    @Test
    void areNotSeenInPlainOnes() throws IOException {
        RawHttp.send(gateway.port(),
                "POST /owntracks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n[]" + HIDDEN);

        assertThat(gateway.store.find("hidden")).as("the next on the same connection").isNotNull();
    }

    @Test
    void withAChunkOfANegativeLengthAreMalformed() throws IOException {
        assertThat(RawHttp.send(gateway.port(), "POST /owntracks HTTP/1.1\r\nHost: localhost\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n[]").status()).isEqualTo(400);
    }
}
