package dev.proxyherd.gateway;

import static dev.proxyherd.gateway.ApiAnswers.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.ForeignLanguage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What the HTTP port says on a machine whose language has digits of its own. */
@ExtendWith(ForeignLanguage.class)
@ResourceLock(Resources.LOCALE)
class ForeignLanguageTest {
    @Test
    void isJsonAllTheSame(@TempDir Path dir) throws IOException {
        try (TestGateway gateway = new TestGateway(dir)) {
            gateway.hear("kiwi +34-118 3");

            assertThat(get(gateway, "/api/clients").get("now").toString()).matches("[0-9]+\\.[0-9]{3}");
        }
    }
}
