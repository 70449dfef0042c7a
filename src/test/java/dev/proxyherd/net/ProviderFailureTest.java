package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.places.PlacesException;
import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that fails costs the client its places and nothing else. */
class ProviderFailureTest {
    @TempDir
    private Path dir;

    private String answer(StubPlaces places) throws IOException {
        try (SingleServer server = new SingleServer(dir, places)) {
            String answers = server.answersTo(SingleServer.IAMAT + "WHATSAT kiwi 1 1\nWHATSAT kiwi 1 1\nstill here\n");
            assertThat(answers).startsWith(SingleServer.AT).endsWith("\n\n? still here\n");
            String two = answers.substring(SingleServer.AT.length(), answers.length() - "? still here\n".length());
            assertThat(two).startsWith(SingleServer.AT);
            String one = two.substring(0, two.length() / 2);
            assertThat(two).as("both answers").isEqualTo(one + one);
            return one.substring(SingleServer.AT.length());
        }
    }

    @ParameterizedTest
    @EnumSource
    void isToldWithGooglesOwnWordForIt(PlacesException.Status status) throws IOException {
        StubPlaces failing = new StubPlaces(query -> {
            throw new PlacesException(status, "the \"provider\" is\nunwell");
        });

        assertThat(answer(failing)).isEqualTo("""
                {
                   "error_message" : "the \\"provider\\" is\\nunwell",
                   "html_attributions" : [],
                   "results" : [],
                   "status" : "%s"
                }

                """.formatted(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>503</html>", "{\"status\" : \"OK\"", "{}", "[]", "{\"results\" : 1}", "\u0000"})
    void becauseItsDocumentIsMalformedIsAnUnknownError(String body) throws IOException {
        assertThat(answer(StubPlaces.giving(body)))
                .contains("\"error_message\" : \"").contains("\"results\" : []")
                .contains("\"status\" : \"UNKNOWN_ERROR\"");
    }

    @Test
    void ofItsOwnCodeIsAnUnknownErrorToo() throws IOException {
        StubPlaces faulty = new StubPlaces(query -> {
            throw new IllegalStateException("a fault of the program");
        });

        assertThat(answer(faulty)).contains("\"results\" : []").contains("\"status\" : \"UNKNOWN_ERROR\"");
    }
}
