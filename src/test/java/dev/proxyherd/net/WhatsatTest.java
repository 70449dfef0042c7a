package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.bundled.BundledPlaces;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server answers to a question. */
class WhatsatTest {
    @TempDir
    private Path dir;

    private final AtomicReference<PlacesQuery> asked = new AtomicReference<>();

    private String answer(String document, String question) throws IOException {
        StubPlaces places = new StubPlaces(query -> {
            asked.set(query);
            return document.getBytes(StandardCharsets.UTF_8);
        });
        try (SingleServer server = new SingleServer(dir, places)) {
            String answers = server.answersTo(SingleServer.IAMAT + question);
            assertThat(answers).startsWith(SingleServer.AT);
            return answers.substring(SingleServer.AT.length());
        }
    }

    @Test
    void isAnsweredWithTheStoredLineTheDocumentAndABlankLine() throws IOException {
        String document = StubPlaces.document(2);

        assertThat(answer(document, "WHATSAT kiwi 10 5\n")).isEqualTo(SingleServer.AT + document + "\n\n");
    }

    @Test
    void asksTheProviderAroundTheClientsPositionInMetres() throws IOException {
        answer(StubPlaces.document(0), "WHATSAT kiwi 0.5 7\n");

        assertThat(asked.get()).isEqualTo(new PlacesQuery(34, -118, 500, 7));
    }

    @Test
    void cutsTheResultsToTheBound() throws IOException {
        assertThat(answer(StubPlaces.document(20), "WHATSAT kiwi 50 3\n"))
                .isEqualTo(SingleServer.AT + StubPlaces.document(3) + "\n\n");
    }

    @Test
    void withBoundZeroHasNoResults() throws IOException {
        assertThat(answer(StubPlaces.document(2), "WHATSAT kiwi 0 0\n"))
                .contains("\"results\" : [\n   ],")
                .doesNotContain("Place");
    }

    @Test
    void makesRunsOfNewlinesOneAndEndsWithTwo() throws IOException {
        assertThat(
                answer("\n\n{\n\n\n\"results\" : [\n\n], \"status\" : \"OK\"\r\n\r\n}\n\n\n\n", "WHATSAT kiwi 1 1\n"))
                .isEqualTo(SingleServer.AT + "\n{\n\"results\" : [\n], \"status\" : \"OK\"\r\n\r\n}\n\n");
    }

    @Test
    void copiesTheProvidersBytesAsTheyAre() throws IOException {
        String document = "{\"results\":[{\"a\":1.50e+2,\"b\":\"\\u00e9\\/é\"}],  \"status\":\"OK\"}";

        assertThat(new String(answer(document, "WHATSAT kiwi 1 1\n").getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8)).isEqualTo(SingleServer.AT + document + "\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WHATSAT nobody 10 5", "WHATSAT kiwi 50.000000000000000000001 5", "WHATSAT kiwi 10 21",
        "WHATSAT kiwi -1 5", "WHATSAT kiwi +1 5", "WHATSAT kiwi 1e1 5", "WHATSAT kiwi 10 5.0", "WHATSAT kiwi 10",
        "WHATSAT kiwi 10 5 5", "WHATSAT KIWI 10 5"})
    void aboutAnUnknownClientOrOutOfRangeIsInvalid(String question) throws IOException {
        assertThat(answer(StubPlaces.document(1), question + '\n')).isEqualTo("? " + question + '\n');
        assertThat(asked.get()).as("what the provider was asked").isNull();
    }

    @Test
    void isAnsweredFromTheBundledPlacesWithoutAnyNetwork() throws IOException {
        try (BundledPlaces places = new BundledPlaces();
                SingleServer server = new SingleServer(dir, places);
                RawClient client = server.connect()) {
            client.ask("IAMAT ucla +34.068930-118.445127 1400794645");
            String answer = client.askForPlaces("WHATSAT ucla 10 5");

            assertThat(answer).startsWith("AT Alford +1.000000000 ucla +34.068930-118.445127 1400794645\n{\n")
                    .contains("\"status\" : \"OK\"").contains("\"name\" : \"Westwood\"").endsWith("\n}\n\n");
            assertThat(answer.split("\"place_id\"")).hasSize(1 + 5);
        }
    }
}
