package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingKind;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.foreign.ForeignTime;
import dev.proxyherd.server.Await;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.logging.LogType;

/** Fences and who crosses them, on the live map in a real browser. */
class FenceMapTest extends MapInBrowser {
    private static final Color LAND = new Color(0xF6F3EC);

    private static final Fence YARD = SomeFences.of("yard", 0, SomeFences.box(5, 23, 9, 25));
    private static final Fence DISC = SomeFences.of("disc", 0, new FenceShape.Disc(24, 14, 100_000));
    private static final Fence UNCUT =
            SomeFences.of("uncut", 0, SomeFences.area(SomeFences.ring(176, 65, -172, 65, -172, 68, 176, 68)));

    @BeforeEach
    void load() {
        gateway.fences = SomeFences.compiled(List.of(YARD, DISC, UNCUT));
        browser.driver.manage().logs().get(LogType.BROWSER);
        open(gateway.url());
        Await.until("the map is live", () -> browser.number("herdMap.baseShapes") > 1000
                && browser.run("herdMap.state").equals("live"));
    }

    private void lookAt(double latitude, double longitude, double zoom, String fence) {
        browser.run("herdMap.view.centreOn(arguments[0], arguments[1], arguments[2])", longitude, latitude, zoom);
        Await.until("the fence is known", () -> String.valueOf(browser.run("herdMap.fences")).contains(fence));
        browser.driver.executeAsyncScript("const done = arguments[0];"
                + "requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    @SuppressWarnings("unchecked")
    private Color at(BufferedImage image, double latitude, double longitude) {
        List<Number> point =
                (List<Number>) browser.run("herdMap.project(arguments[0], arguments[1])", longitude, latitude);
        return new Color(image.getRGB(point.get(0).intValue(), point.get(1).intValue()));
    }

    @Test
    void areDrawnWhereTheyAre() throws IOException {
        lookAt(24, 9, 5, "disc");
        BufferedImage image = browser.screenshot("fences");
        assertThat(at(image, 24, 7)).as("in the yard").isNotEqualTo(LAND);
        assertThat(at(image, 24.3, 14.3)).as("in the disc").isNotEqualTo(LAND);
        assertThat(at(image, 24.3, 11)).as("between").isEqualTo(LAND);
        assertThat(at(image, 25.9, 14.9)).as("where only the box around the disc is").isEqualTo(LAND);
    }

    @Test
    void areDrawnAcrossTheDateLine() throws IOException {
        lookAt(66, 180, 4, "uncut");
        BufferedImage image = browser.screenshot("fences-date-line");
        assertThat(at(image, 67.3, 177)).as("Chukotka, west of it").isNotEqualTo(LAND)
                .isEqualTo(at(image, 67.3, -177.5));
    }

    @Test
    void shineWhenTheyAreCrossedAndSayByWhom() throws IOException {
        lookAt(24, 9, 5, "yard");
        Color before = at(browser.screenshot("fences-before"), 24.5, 6);
        String client = "<b>van";
        gateway.hear(client + " +24+7 " + ForeignTime.seconds(Instant.now()));
        gateway.cross(new Crossing(YARD, CrossingKind.ENTER, gateway.store.find(client)));
        Await.until("the crossing is listed",
                () -> browser.driver.findElement(By.id("crossings")).getText().contains(client + " entered The yard"));
        Await.until("the fence shines", () -> !at(browser.screenshot("fences-crossed"), 24.5, 6).equals(before));
        Await.until("and no longer", () -> at(browser.screenshot("fences-after"), 24.5, 6).equals(before));
        gateway.cross(new Crossing(YARD, CrossingKind.EXIT, gateway.store.find(client)));
        Await.until("so is the next", () -> browser.driver.findElement(By.id("crossings")).getText()
                .contains(client + " left The yard"));
        assertThat(browser.driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())).isEmpty();
    }
}
