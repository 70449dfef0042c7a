package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.status.WebhookStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose fence has a webhook at which nobody is. */
class WebhookHerdTest {
    @TempDir
    private Path dir;

    @AutoClose
    private TestHerd herd;

    @BeforeEach
    void start() throws IOException {
        Fence plain = SomeFences.of("yard", 0, SomeFences.box(0, 0, 1, 1));
        Fence yard = new Fence("yard", "The yard", plain.clients(), plain.events(), 0,
                URI.create("http://127.0.0.1:" + FreePorts.next() + "/hush"), plain.shape());
        Fences fences = SomeFences.compiled(List.of(yard));
        herd = new TestHerd(dir.resolve("state"), "Alford").fences(() -> fences).startAll();
        try (RawClient client = herd.connect("Alford")) {
            client.ask("IAMAT van-8 +0.5+0.5 1400794645");
        }
        Await.until("its message waits", () -> webhooks().waiting() == 1);
    }

    private WebhookStatus webhooks() {
        return Objects.requireNonNull(herd.server("Alford").status(Cutoffs.NONE).webhooks(), "it has fences");
    }

    @Test
    void tellsOfThatToWhoeverAsksHowItIs() throws Exception {
        Await.until("it was tried", () -> !webhooks().failures().isEmpty());
        assertThat(herd.survey().status().faults()).singleElement().asString()
                .startsWith("Alford: webhook http://127.0.0.1:")
                .endsWith(": the fence 'yard': the connection was refused").doesNotContain("hush");
    }

    @Test
    void dropsWhatWaitsOfAClientThatIsForgotten() throws IOException {
        herd.server("Alford").forget("van-8", 0);
        Await.until("it is dropped", () -> webhooks().waiting() == 0);
        assertThat(webhooks().givenUp()).isZero();
    }

    @Test
    void tellsWhatWaitsWhenItIsStartedWithoutFences() throws IOException {
        herd.stop("Alford");
        herd.fences(null).start("Alford");
        herd.awaitWarning("Alford", ", 1 of them, and are not sent without --fences");
    }
}
