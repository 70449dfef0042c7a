package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.places.PlacesException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traffic log as someone reads it who wants to know what happened. */
class ServerLogTest {
    private static final String NOW = "1970-01-01T00:16:40.000000Z";

    @TempDir
    private Path dir;

    /** What one client's session leaves in the log, without times and without the client's address. */
    private List<String> session(StubPlaces places, String commands) throws IOException {
        try (TestHerd herd =
                new TestHerd(dir, "Alford").clock("Alford", new TestClock("1000")).places(places).startAll()) {
            try (RawClient client = herd.connect("Alford")) {
                client.send(commands);
                client.finish();
            }
            herd.stop("Alford");
            List<String> lines = herd.log("Alford").lines().toList();
            assertThat(lines).allSatisfy(line -> assertThat(line).startsWith(NOW + ' '));
            assertThat(lines.getFirst()).endsWith(" -- server Alford listens on 127.0.0.1:" + herd.port("Alford"));
            assertThat(lines.getLast()).endsWith(" -- server Alford has stopped");
            return lines.subList(1, lines.size() - 1).stream()
                    .map(line -> line.substring(NOW.length() + 1).replaceFirst("127\\.0\\.0\\.1:\\d+ ", "")).toList();
        }
    }

    @Test
    void holdsEveryCommandAndEveryAnswer() throws IOException {
        assertThat(session(StubPlaces.giving(StubPlaces.document(3)),
                "IAMAT kiwi +34-118 999\r\nWHATSIT kiwi\n\nWHATSAT nobody 1 1"))
                .containsExactly(
                        "in  IAMAT kiwi +34-118 999",
                        "out AT Alford +1.000000000 kiwi +34-118 999",
                        "in  WHATSIT kiwi",
                        "out ? WHATSIT kiwi",
                        "in  ",
                        "out ? ",
                        "in  WHATSAT nobody 1 1",
                        "out ? WHATSAT nobody 1 1");
    }

    @Test
    void holdsOfAPlacesDocumentOnlyItsStatusCountAndSize() throws IOException {
        assertThat(session(StubPlaces.giving(StubPlaces.document(3)), "IAMAT kiwi +34-118 999\nWHATSAT kiwi 1 2\n"))
                .endsWith(
                        "in  WHATSAT kiwi 1 2",
                        "out AT Alford +1.000000000 kiwi +34-118 999",
                        "out places OK 2 results " + StubPlaces.document(2).length() + " bytes");
    }

    @Test
    void holdsThatALookupFailed() throws IOException {
        StubPlaces failing = new StubPlaces(query -> {
            throw new PlacesException(PlacesException.Status.OVER_QUERY_LIMIT, "too many");
        });
        assertThat(session(failing, "IAMAT kiwi +34-118 999\nWHATSAT kiwi 1 2\n").getLast())
                .matches("out places OVER_QUERY_LIMIT 0 results \\d+ bytes");
    }

    @Test
    void cannotBeForgedByAClient() throws IOException {
        assertThat(session(StubPlaces.giving(""), "a\rb\u001b[2J\u0000\u007f\t\u00e9\n"))
                .containsExactly("in  a\\x0Db\\x1B[2J\\x00\\x7F\t\u00e9", "out ? a\\x0Db\\x1B[2J\\x00\\x7F\t\u00e9");
    }

    @Test
    void holdsTheBeginningOfALineThatIsTooLong() throws IOException {
        assertThat(session(StubPlaces.giving(""), "x".repeat(20_000)))
                .containsExactly("in  " + "x".repeat(1024), "out ? " + "x".repeat(1024));
    }

    @Test
    void holdsWhatPassesOnLinksAndTheirStartsAndEnds() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").startAll().awaitLinks()) {
            String at;
            try (RawClient client = herd.connect("Alford")) {
                at = client.ask("IAMAT kiwi +34-118 1400794645");
            }
            herd.awaitLog("Alford", " out Bolden " + at + '\n');
            herd.awaitLog("Bolden", " in  Alford " + at + '\n');
            herd.awaitLog("Alford", " -- link to Bolden up (127.0.0.1:" + herd.port("Bolden") + ")\n");
            herd.awaitLog("Alford", " -- link from Bolden up (127.0.0.1:");
            herd.stop("Bolden");
            herd.awaitLog("Alford", " -- link to Bolden down: the neighbour closed it\n");
            herd.awaitLog("Alford", " -- link from Bolden down: the neighbour closed it\n");
            assertThat(herd.log("Bolden"))
                    .contains(" -- link to Alford down: this server stops\n",
                            " -- link from Alford down: this server stops\n");
            herd.stop("Alford");
            for (String name : herd.names()) {
                assertThat(herd.log(name)).doesNotContain("BEAT", "PROOF", "HERD 2", "WELCOME", TestHerd.SECRET);
            }
        }
    }
}
