package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.foreign.ForeignTime;
import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The live map in a real browser, for who may see few clients. */
@Timeout(120)
class MapOfFewTest {
    @AutoClose
    private Browser browser;

    @AutoClose
    private TokenGateway herd;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        browser = Browser.open(1200, 900);
        herd = new TokenGateway(dir).give("ann", "\"see\":[\"a*\"]");
        for (String client : new String[] {"apple", "avocado", "banana", "cherry"}) {
            hear(client);
        }
        // Where the browser would ask for a password, this is it; the user is anybody.
        browser.driver.get(herd.gateway.url().replace("http://", "http://me:" + TokenGateway.PREFIX + "ann@"));
        browser.driver.get(herd.gateway.url());
        Await.until("the map is live", () -> browser.run("typeof herdMap").equals("object")
                && browser.run("herdMap.state").equals("live") && browser.number("herdMap.clients.size") > 0);
    }

    private void hear(String client) {
        herd.gateway.hear(client + " +34-118 " + ForeignTime.seconds(Instant.now()).toPlainString());
    }

    private String text(String id) {
        return browser.driver.findElement(By.id(id)).getText();
    }

    private boolean knows(String client) {
        return browser.run("herdMap.clients.get(arguments[0]) !== undefined", client).equals(true);
    }

    @Test
    void showsTheseFollowsThemAndFindsNoOther() {
        Await.until("both are counted", () -> text("status-text").startsWith("2 clients"));
        hear("blueberry");
        hear("apricot");
        Await.until("the new one is there", () -> knows("apricot"));
        assertThat(knows("banana")).isFalse();
        assertThat(knows("blueberry")).isFalse();
        browser.driver.findElement(By.id("goto")).sendKeys("banana", Keys.ENTER);
        Await.until("it is told", () -> text("announce").contains("There is no client banana"));
        assertThat(browser.driver.findElement(By.id("details")).isDisplayed()).isFalse();
    }

    @Test
    void drawsServersAndLinksWithoutTheirCounts() {
        browser.driver.findElement(By.id("herd-toggle")).click();
        Await.until("the servers are drawn", () -> text("herd-body").contains("Alford"));
        assertThat(text("herd-body")).contains("Alford", "Welsh", "down").doesNotContain("clients", "queue");
    }

    @Test
    void losesItsClientsWithItsToken() throws IOException {
        herd.give("ann", "\"see\":[\"b*\"]");
        Await.until("it shows what may be seen now", () -> knows("banana") && !knows("apple"));
        herd.give("ann", null);
        Await.until("it is told", () -> text("status-text").contains("connection lost"));
    }
}
