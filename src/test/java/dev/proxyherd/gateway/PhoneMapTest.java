package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.proxyherd.server.Await;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;

/** The live map where there is little room: no panel hides what is looked for, and all of the world is to be had. */
class PhoneMapTest extends MapInBrowser {
    private static final Color FRESH = new Color(0xE03131);

    private void hear(String where) {
        gateway.hear(where + ' ' + Instant.now().getEpochSecond());
    }

    @BeforeEach
    void load() {
        hear("kiwi +34.06893-118.445127");
        hear("santiago -33.45-70.67");
        hear("auckland -36.85+174.76");
        show(390, 844);
        open(gateway.url());
        Await.until("the map is drawn", () -> browser.number("herdMap.clients.size") > 0
                && browser.number("herdMap.baseShapes") > 1000);
    }

    private void show(int width, int height) {
        browser.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    private Rectangle whereIs(String id) {
        return browser.driver.findElement(By.id(id)).getRect();
    }

    @SuppressWarnings("unchecked")
    private List<Number> project(double latitude, double longitude) {
        return (List<Number>) browser.run("herdMap.project(arguments[0], arguments[1])", longitude, latitude);
    }

    private Color at(BufferedImage image, double latitude, double longitude) {
        List<Number> point = project(latitude, longitude);
        return new Color(image.getRGB(point.get(0).intValue(), point.get(1).intValue()));
    }

    private void goTo(String client) {
        browser.driver.findElement(By.id("goto")).sendKeys(client, Keys.ENTER);
        Await.until("its places are listed",
                () -> browser.driver.findElement(By.id("details")).getText().contains("Listed by Example"));
    }

    @Test
    void goesToAClientAboveItsPanel() throws IOException {
        goTo("kiwi");
        browser.screenshot("phone-map-client");

        Rectangle search = whereIs("top");
        List<Number> kiwi = project(34.06893, -118.445127);
        assertThat(kiwi.get(0).doubleValue()).isBetween(185.0, 205.0);
        assertThat(kiwi.get(1).doubleValue()).isBetween(search.y + search.height + 60.0, whereIs("details").y - 60.0);
        browser.driver.findElement(By.id("zoom-in")).click();
        assertThat(project(34.06893, -118.445127).get(1).doubleValue()).as("while one zooms")
                .isCloseTo(kiwi.get(1).doubleValue(), within(1.0));
    }

    @Test
    void goesToAClientBesideItsPanelWhereThereIsRoom() throws IOException {
        show(800, 600);
        Await.until("the map is as large", () -> browser.number("herdMap.view.width") == 800);
        goTo("kiwi");
        browser.screenshot("narrow-map-client");

        List<Number> kiwi = project(34.06893, -118.445127);
        assertThat(kiwi.get(0).doubleValue()).isBetween(100.0, whereIs("details").x - 100.0);
        assertThat(kiwi.get(1).doubleValue()).isBetween(290.0, 310.0);
    }

    @Test
    void showsAllClientsAtOnce() throws IOException {
        goTo("kiwi");
        browser.driver.findElement(By.id("whole")).click();
        Await.until("it is drawn", () -> browser.number("herdMap.drawn") == 3);
        BufferedImage world = browser.screenshot("phone-map-world");

        assertThat(browser.driver.findElement(By.id("details")).isDisplayed()).as("the sheet over the south").isFalse();
        assertThat(at(world, 34.06893, -118.445127)).isEqualTo(FRESH);
        assertThat(at(world, -33.45, -70.67)).isEqualTo(FRESH);
        assertThat(at(world, -36.85, 174.76)).isEqualTo(FRESH);
    }

    @Test
    void saysWhatTheColoursMean() {
        Rectangle legend = whereIs("legend");

        assertThat(browser.driver.findElement(By.id("legend")).getText()).contains("now", "10 min", "older");
        assertThat(legend.x).isNotNegative();
        assertThat(legend.x + legend.width).isLessThanOrEqualTo(390);
    }
}
