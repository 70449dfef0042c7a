package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live map in a real browser, where there are more clients than the page, or the server's memory of them, holds. */
class CrowdedMapTest extends MapInBrowser {
    private static final int KEPT_IN_MIND = 10;
    private static final int MOST = 5;

    private static void hear(TestGateway gateway, int from, int to) {
        for (int i = from; i < to; i++) {
            gateway.hear("c" + i + " +" + i + "+1 " + (100 + i));
        }
    }

    @Test
    void showsNoGhostsAfterMoreWereForgottenAtOnceThanTheServerKeepsInMind(@TempDir Path other) throws IOException {
        try (TestGateway small = new TestGateway(other, GatewaySettings.loopback(0), InstantSource.system(),
                StubPlaces.giving(TestGateway.PLACES), System::nanoTime, KEPT_IN_MIND)) {
            hear(small, 0, 3 * KEPT_IN_MIND);
            open(small.url());
            Await.until("all are on the map, which is live", () -> browser.run("herdMap.state").equals("live")
                    && browser.number("herdMap.clients.size") == 3 * KEPT_IN_MIND);

            small.cutoffNanos.set(1_000_000_000_000L);
            small.hear("new +1+1 2000");

            Await.until("only the new one is",
                    () -> browser.run("[...herdMap.clients.byId.keys()]").equals(List.of("new")));
        }
    }

    @Test
    void holdsTheNewestOnlyHoweverManyStreamIn(@TempDir Path other) throws IOException {
        try (TestGateway crowded = new TestGateway(other)) {
            open(crowded.url());
            Await.until("the map is live", () -> browser.run("herdMap.state").equals("live"));
            hear(crowded, 0, 2 * MOST);
            browser.driver.executeScript("window.few = new herdMap.Clients(arguments[0]);"
                    + "new herdMap.Feed(few, { onUpdate() {}, onState(state) { window.fewState = state; } }).start()",
                    MOST);
            Await.until("its stream has begun", () -> "live".equals(browser.run("window.fewState")));
            assertThat(browser.number("few.size")).isLessThanOrEqualTo(MOST);

            hear(crowded, 2 * MOST, 4 * MOST);

            Await.until("it holds newer ones only", () -> browser.number("few.size") == MOST
                    && browser.run("[...few.byId.keys()].every(id => Number(id.slice(1)) >= arguments[0])", 2 * MOST)
                            .equals(true));
            assertThat(browser.run("few.isWhole")).isEqualTo(false);
        }
    }
}
