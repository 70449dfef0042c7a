package dev.proxyherd.gateway;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One browser and one gateway for all tests of a class. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MapInBrowser {
    @AutoClose
    Browser browser;
    @AutoClose
    TestGateway gateway;

    @BeforeAll
    void start(@TempDir Path dir) throws IOException {
        browser = Browser.open(1200, 900);
        gateway = new TestGateway(dir);
    }

    /** Opens the page; its modules may run a little after the browser calls it loaded. */
    void open(String url) {
        browser.driver.get(url);
        Await.until("the page has loaded", () -> browser.run("typeof herdMap").equals("object"));
    }
}
