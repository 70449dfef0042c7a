package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD: what GET would answer, without the body. */
class HeadRequestsTest {
    private final Logger serverLog = Logger.getLogger("com.sun.net.httpserver");
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir);
        serverLog.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        serverLog.removeHandler(handler);
    }

    private RawHttp.Answer head(String target, String... headers) throws IOException {
        String lines = String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n");
        return RawHttp.send(gateway.port(),
                "HEAD " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + lines + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/herd", "/api/clients/nobody", "/healthz", "/nowhere"})
    void areAnsweredAsGetWouldBe(String target) throws IOException {
        RawHttp.Answer answer = head(target);
        RawHttp.Answer got = RawHttp.get(gateway.port(), target);

        assertThat(answer.body()).isEmpty();
        assertThat(answer.status()).isEqualTo(got.status());
        assertThat(answer.header("Content-Type")).isEqualTo(got.header("Content-Type"));
        assertThat(answer.header("Content-Length")).isEqualTo(got.header("Content-Length"));
    }

    @Test
    void openNoStreamOfEventsAndLeaveNoWarningOnTheErrorOutput() throws IOException {
        RawHttp.Answer answer = head("/api/events");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream; charset=utf-8");
        assertThat(answer.header("Content-Length")).isNull();
        assertThat(warnings).isEmpty();
    }

    @Test
    void tellNoLengthWhereTheBrowserHasThePage() throws IOException {
        String tag = RawHttp.get(gateway.port(), "/main.js").header("ETag");

        RawHttp.Answer answer = head("/main.js", "If-None-Match: " + tag);

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("Content-Length")).isNull();
    }
}
