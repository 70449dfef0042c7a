package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.foreign.ForeignTime;
import dev.proxyherd.gateway.access.AccessRules;
import dev.proxyherd.server.Await;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/** The live map in a real browser. */
class LiveMapTest extends MapInBrowser {
    private static final Color FRESH = new Color(0xE03131);
    private static final Color LAND = new Color(0xF6F3EC);
    private static final Color SEA = new Color(0xD9E5EC);

    @BeforeEach
    void load() {
        // Each time anew: they are drawn as fresh for 15 s only.
        hear("kiwi", 34.06893, -118.445127);
        hear("paris", 48.85833, 2.29513);
        hear("fiji", -17.7, 179.9);
        hear("<img src=x onerror=alert(1)>", -33.87, 151.2);
        // Reading the browser's log empties it: what came before is no matter here.
        browser.driver.manage().logs().get(LogType.BROWSER);
        open(gateway.url());
        Await.until("the map is drawn",
                () -> browser.number("herdMap.drawn") >= 4 && browser.number("herdMap.baseShapes") > 1000
                        && browser.run("herdMap.state").equals("live"));
    }

    private void hear(String client, double latitude, double longitude) {
        gateway.hear(String.format(Locale.ROOT, "%s %+.6f%+.6f %s", client.replace(" ", "%20"), latitude, longitude,
                ForeignTime.seconds(Instant.now())));
    }

    @SuppressWarnings("unchecked")
    private Color at(BufferedImage image, double latitude, double longitude) {
        List<Number> point =
                (List<Number>) browser.run("herdMap.project(arguments[0], arguments[1])", longitude, latitude);
        return new Color(image.getRGB(point.get(0).intValue(), point.get(1).intValue()));
    }

    private void lookAt(double latitude, double longitude, double zoom) {
        browser.run("herdMap.view.centreOn(arguments[0], arguments[1], arguments[2])", longitude, latitude, zoom);
        // Two frames: the first draws what was asked for, the second follows it.
        browser.driver.executeAsyncScript("const done = arguments[0];"
                + "requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    @Test
    void drawsEveryClientWhereItIs() throws IOException {
        lookAt(20, 0, 2.2);
        BufferedImage world = browser.screenshot("live-map-world");

        assertThat(at(world, 34.06893, -118.445127)).isEqualTo(FRESH);
        assertThat(at(world, 48.85833, 2.29513)).isEqualTo(FRESH);
        assertThat(at(world, 24, 10)).as("the Sahara").isEqualTo(LAND);
        assertThat(at(world, 41, -40)).as("the Atlantic").isEqualTo(SEA);
    }

    @Test
    void drawsLandOnBothSidesOfTheDateLine() throws IOException {
        lookAt(66, 180, 4);
        BufferedImage image = browser.screenshot("live-map-date-line");

        assertThat(at(image, 67.3, 177)).as("Chukotka, west of it").isEqualTo(LAND);
        assertThat(at(image, 67.3, -177.5)).as("Chukotka, east of it").isEqualTo(LAND);
        assertThat(at(image, 62, 179)).as("the Bering Sea").isEqualTo(SEA);
    }

    @Test
    void movesAClientWhenItMoves() throws IOException {
        lookAt(0, -150, 4);
        hear("ship", 1, -148);
        Await.until("the ship has moved", () -> browser.run("herdMap.clients.get('ship')?.latitude ?? 0").equals(1L));
        hear("ship", 3, -146);
        Await.until("the ship is drawn as fresh", () -> at(browser.screenshot("live-map-ship"), 3, -146).equals(FRESH));

        assertThat(at(browser.screenshot("live-map-ship"), 1, -148)).isEqualTo(SEA);
    }

    @Test
    void tellsAboutTheClientThatIsClicked() {
        lookAt(48.85833, 2.29513, 9);
        new Actions(browser.driver).moveToElement(browser.driver.findElement(By.id("clients"))).click().perform();

        WebElement panel = browser.driver.findElement(By.id("details"));
        Await.until("its place is listed", () -> panel.getText().contains("One"));
        assertThat(panel.getText()).contains("paris", "Heard by", "Alford", "48.85833° N, 2.29513° E",
                gateway.store.find("paris").toString().substring(0, 20), "Two", "Listed by Example");
        assertThat(browser.number("herdMap.plotted")).isEqualTo(2);
    }

    @Test
    void goesToTheClientThatIsTypedAndShowsLocalities() throws IOException {
        browser.driver.findElement(By.id("goto")).sendKeys("kiwi", Keys.ENTER);

        Await.until("there are labels", () -> browser.number("herdMap.labels") > 0);
        assertThat(browser.number("herdMap.view.zoom")).isGreaterThan(10);
        assertThat(browser.driver.findElement(By.id("details-title")).getText()).isEqualTo("kiwi");
        assertThat(browser.driver.findElement(By.id("announce")).getDomProperty("textContent")).contains("kiwi",
                "Alford");
        browser.screenshot("live-map-client");
    }

    @Test
    void showsIdsAsTextWhateverTheyHold() {
        browser.driver.findElement(By.id("goto")).sendKeys("<img%20src=x%20onerror=alert(1)>", Keys.ENTER);

        Await.until("the details show the ID",
                () -> browser.driver.findElement(By.id("details-title")).getText().contains("onerror"));
        assertThat(browser.driver.findElements(By.tagName("img"))).isEmpty();
        assertThat(browser.driver.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void showsTheHerdAsAGraph() throws IOException {
        browser.driver.findElement(By.id("herd-toggle")).click();

        WebElement panel = browser.driver.findElement(By.id("herd"));
        Await.until("the panel shows the queue", () -> panel.getText().contains("queue 7"));
        assertThat(panel.findElements(By.cssSelector("line.up"))).hasSize(1);
        assertThat(panel.getText()).contains("Alford – Parker", "down");
        browser.screenshot("live-map-herd");
    }

    @Test
    void obeysTheKeyboard() {
        lookAt(0, 0, 5);
        WebElement map = browser.driver.findElement(By.id("clients"));
        map.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_UP, "+");

        assertThat(browser.number("herdMap.view.zoom")).isEqualTo(5.5);
        assertThat(browser.number("herdMap.view.x")).isGreaterThan(0.5);
        assertThat(browser.number("herdMap.view.y")).isLessThan(0.5);
        map.sendKeys("h");
        assertThat(browser.driver.findElement(By.id("herd")).isDisplayed()).isTrue();
        map.sendKeys(Keys.ESCAPE);
        assertThat(browser.driver.findElement(By.id("herd")).isDisplayed()).isFalse();
    }

    @Test
    void hasADarkSide() throws IOException {
        browser.driver.findElement(By.id("theme")).click();
        lookAt(20, 0, 2.2);

        assertThat(at(browser.screenshot("live-map-dark"), 41, -40)).isEqualTo(new Color(0x0C141C));
        browser.driver.findElement(By.id("theme")).click();
        assertThat(browser.run("document.documentElement.dataset.theme")).isEqualTo("light");
    }

    @Test
    void findsAClientThatIsShownOtherwiseThanItIsTyped() throws IOException {
        gateway.hear("%FF +34-118 3");
        browser.driver.findElement(By.id("goto")).sendKeys("%FF", Keys.ENTER);

        Await.until("its panel is there",
                () -> browser.driver.findElement(By.id("details-title")).getText().equals("%25FF"));
    }

    @Test
    void listsPlacesThatItMustNotPlot(@TempDir Path other) throws IOException {
        try (TestGateway google = new TestGateway(other, TestGateway.settings(
                AccessRules.NONE, 0, false, false), InstantSource.system())) {
            google.hear("kiwi +34-118 3");
            open(google.url());
            Await.until("the client is there", () -> browser.number("herdMap.clients.size") == 1);
            browser.driver.findElement(By.id("goto")).sendKeys("kiwi", Keys.ENTER);

            WebElement panel = browser.driver.findElement(By.id("details"));
            Await.until("its place is listed", () -> panel.getText().contains("Two"));
            assertThat(panel.getText()).contains("Listed by Example");
            assertThat(browser.number("herdMap.plotted")).isZero();
        }
    }
}
