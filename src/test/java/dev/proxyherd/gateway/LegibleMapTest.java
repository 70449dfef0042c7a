package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What is on the map can be read, whatever clients call themselves and however the map was come to. */
class LegibleMapTest extends MapInBrowser {
    private static final String LONG = "x".repeat(3_000);
    private static final String ARABIC = "مرحبا-بالعالم-١٢٣";

    /** The ratio of WCAG 2, between a colour of the style sheet and one that lies behind it. */
    private static final String CONTRAST = """
            ((name, behind) => {
              const light = colour => {
                const hex = getComputedStyle(document.documentElement).getPropertyValue(`--${colour}`).trim();
                const [r, g, b] = [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255)
                  .map(c => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
              };
              return Math.max(light(name), light(behind)) / Math.min(light(name), light(behind));
            })(arguments[0], arguments[1])""";

    @BeforeAll
    void hear() {
        gateway.hear("kiwi +34.06893-118.445127 " + Instant.now().getEpochSecond());
        gateway.hear(LONG + " +1+2 " + Instant.now().getEpochSecond());
        gateway.hear(ARABIC + " +24.7+46.7 " + Instant.now().getEpochSecond());
    }

    @BeforeEach
    void load() {
        open(gateway.url());
        Await.until("the clients are there", () -> browser.number("herdMap.clients.size") >= 3);
    }

    /** Types an ID as keys would, but at once, and waits for what its panel shows last. */
    private WebElement goTo(String client) {
        browser.driver.executeScript("document.getElementById('goto').value = arguments[0]", client);
        browser.driver.findElement(By.id("goto")).sendKeys(Keys.ENTER);
        WebElement panel = browser.driver.findElement(By.id("details"));
        Await.until("its places are listed", () -> panel.getText().contains("Listed by Example"));
        return panel;
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void standsOutFromLandAndSea(String theme) {
        browser.driver.executeScript("document.documentElement.dataset.theme = arguments[0]", theme);

        for (String behind : List.of("land", "sea")) {
            for (int age = 0; age <= 5; age++) {
                assertThat(browser.number(CONTRAST, "age-" + age, behind)).as("age %d on %s", age, behind)
                        .isGreaterThan(3);
            }
        }
        assertThat(browser.number(CONTRAST, "country", "land")).isGreaterThan(4.5);
        assertThat(browser.number(CONTRAST, "place", "land")).isGreaterThan(4.5);
    }

    @Test
    void showsAClientAgainThatHasNotMovedSince() {
        goTo("kiwi");
        browser.driver.findElement(By.id("details-close")).click();

        assertThat(goTo("kiwi").getText()).contains("34.06893° N, 118.44513° W", "Heard by", gateway.at("kiwi"));
    }

    @Test
    void hasRoomForMoreThanAnIdHoweverLongThatIs() {
        WebElement panel = goTo(LONG);
        int bottom = panel.getRect().y + panel.getRect().height;

        assertThat(panel.findElement(By.tagName("dl")).getRect().y).isLessThan(300);
        assertThat(panel.findElement(By.cssSelector("ul.plain")).getRect().y).isLessThan(bottom);
    }

    @Test
    void keepsARecordInItsOrderThoughAnIdRunsFromRightToLeft() {
        WebElement panel = goTo(ARABIC);

        assertThat(panel.getText()).contains("+24.7+46.7");
        assertThat((Boolean) browser.run("""
                (() => {
                  const last = document.querySelector('.record').lastChild;
                  const left = text => {
                    const range = document.createRange();
                    range.setStart(last, last.data.indexOf(text));
                    range.setEnd(last, last.data.indexOf(text) + 1);
                    return range.getBoundingClientRect().left;
                  };
                  return left('+24.7') < left('+46.7');
                })()""")).as("latitude before longitude, as seen").isTrue();
    }

    @Test
    void saysWhenTheServerHasForgottenAClient() {
        gateway.hear("short-lived +5+5 1000");
        Await.until("it is there", () -> browser.run("herdMap.clients.get('short-lived') !== undefined").equals(true));
        WebElement panel = goTo("short-lived");
        gateway.cutoffNanos.set(2_000_000_000_000L);

        Await.until("the panel says so", () -> panel.getText().contains("forgotten by the server"));
    }

    @Test
    void leavesTheKeyboardWhereItWasWhenAPanelCloses() {
        browser.driver.findElement(By.id("herd-toggle")).click();
        browser.driver.findElement(By.id("herd-close")).sendKeys(Keys.ENTER);

        assertThat(browser.driver.switchTo().activeElement().getDomProperty("id")).isEqualTo("herd-toggle");
    }
}
