package dev.proxyherd.status.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.status.HistoryStatus;
import dev.proxyherd.status.JournalStatus;
import dev.proxyherd.status.KafkaStatus;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.MqttStatus;
import dev.proxyherd.status.ReloadStatus;
import dev.proxyherd.status.RoomStatus;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.status.TopologyStatus;
import dev.proxyherd.status.WebhookStatus;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusJsonTest {
    private static final LinkStatus UP = new LinkStatus("Parker", true, null, 3, 250, 2, 70, 5000, 6, false, null,
            43);
    private static final LinkStatus DOWN = new LinkStatus("Welsh", false, "refused: \"no\"\nÄ", 0, -1, 0, 0, 0, 0, true,
            "two servers called Welsh", -1);
    private static final ServerStatus FULL = new ServerStatus("Alford", 1_700_000_000_123L, 1_700_000_001_000_000_001L,
            42, 7, "0123456789abcdef", 1_600_000_000_000_000_000L, 1_500_000_000_000_000_000L, 5,
            new RoomStatus(42, true, 1, 3, 4, 5), List.of(UP, DOWN),
            new JournalStatus(4096, 17, true, "the disk is full", 12, 9, "it is too old"),
            new TopologyStatus("0123456789ab",
                    new ReloadStatus(7, List.of("Welsh is no longer a neighbour"), List.of("fsync"),
                            List.of("maxLine, as HERD_MAX_LINE has the last word"), "line 3: \"x\"")),
            1_800_000_000_000L,
            new MqttStatus("tcp://127.0.0.1:1883", false, "no broker answers", 16, 17, 18, 19, 20),
            new KafkaStatus("herd.locations", true, 12, 345, 6, 78, 910, 11, 12, "no Kafka answers",
                    new HistoryStatus("herd.reports", 13, 14, 15, "no Kafka answers there")),
            new WebhookStatus(6, 700, 8, 9, 10, List.of("http://a: the fence 'yard': answered 500"),
                    "the disk is full"));
    private static final ServerStatus BARE =
            new ServerStatus("Alford", 1, 2, 0, 0, "0000000000000000", 0, 0, 1,
                    new RoomStatus(100, false, 0, 0, 0, 0), List.of(), null,
                    new TopologyStatus("ba9876543210", null), null);

    private static final String FULL_LINE = "{\"name\":\"Alford\",\"startedMillis\":1700000000123,"
            + "\"nowNanos\":1700000001000000001,\"clients\":42,\"forgotten\":7,\"digest\":\"0123456789abcdef\","
            + "\"cutoffNanos\":1600000000000000000,\"goneCutoffNanos\":1500000000000000000,\"connections\":5,"
            + "\"room\":{\"maxClients\":42,\"full\":true,\"lacking\":1,\"refusedReports\":3,\"refusedTaught\":4,"
            + "\"refusedReplayed\":5},\"links\":["
            + "{\"neighbour\":\"Parker\",\"up\":true,\"queued\":3,\"heardMillisAgo\":250,\"starts\":2,\"linesSent\":70,"
            + "\"bytesSent\":5000,\"linesResent\":6,\"incoming\":false,\"clients\":43},"
            + "{\"neighbour\":\"Welsh\",\"up\":false,\"reason\":\"refused: \\\"no\\\"\\nÄ\",\"queued\":0,"
            + "\"heardMillisAgo\":-1,\"starts\":0,\"linesSent\":0,\"bytesSent\":0,\"linesResent\":0,\"incoming\":true,"
            + "\"namesake\":\"two servers called Welsh\",\"clients\":-1}],"
            + "\"journal\":{\"bytes\":4096,\"records\":17,\"replayed\":true,\"failure\":\"the disk is full\","
            + "\"lastRoundMillis\":12,\"unread\":9,\"held\":\"it is too old\"},"
            + "\"topology\":{\"hash\":\"0123456789ab\",\"reload\":{\"atMillis\":7,"
            + "\"changes\":[\"Welsh is no longer a neighbour\"],\"restart\":[\"fsync\"],"
            + "\"overruled\":[\"maxLine, as HERD_MAX_LINE has the last word\"],"
            + "\"fault\":\"line 3: \\\"x\\\"\"}},\"certificateEndMillis\":1800000000000,"
            + "\"mqtt\":{\"broker\":\"tcp://127.0.0.1:1883\",\"connected\":false,\"reason\":\"no broker answers\","
            + "\"queued\":16,\"taken\":17,\"refused\":18,\"published\":19,\"dropped\":20},"
            + "\"kafka\":{\"topic\":\"herd.locations\",\"connected\":true,\"lagRecords\":12,\"lagMillis\":345,\"queued\":6,"
            + "\"published\":78,\"read\":910,\"duplicates\":11,\"skipped\":12,\"failure\":\"no Kafka answers\","
            + "\"history\":{\"topic\":\"herd.reports\",\"queued\":13,\"written\":14,\"leftOut\":15,"
            + "\"failure\":\"no Kafka answers there\"}},"
            + "\"webhooks\":{\"waiting\":6,\"bytes\":700,\"delivered\":8,\"givenUp\":9,\"failing\":10,"
            + "\"failures\":[\"http://a: the fence 'yard': answered 500\"],\"diskFailure\":\"the disk is full\"}}";

    @Test
    void isThisText() {
        assertThat(StatusJson.write(FULL)).isEqualTo(FULL_LINE);
        assertThat(StatusJson.write(BARE)).isEqualTo("{\"name\":\"Alford\",\"startedMillis\":1,\"nowNanos\":2,"
                + "\"clients\":0,\"forgotten\":0,\"digest\":\"0000000000000000\",\"cutoffNanos\":0,\"goneCutoffNanos\":0,\"connections\":1,"
                + "\"room\":{\"maxClients\":100,\"full\":false,\"lacking\":0,\"refusedReports\":0,\"refusedTaught\":0,"
                + "\"refusedReplayed\":0},\"links\":[],"
                + "\"topology\":{\"hash\":\"ba9876543210\"}}");
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        assertThat(StatusJson.read(FULL_LINE)).isEqualTo(FULL);
        assertThat(StatusJson.read(StatusJson.write(BARE))).isEqualTo(BARE);
    }

    @Nested
    class AnAnswerOfAnotherBuild {
        private final JsonObject answer = JsonParser.parseString(FULL_LINE).getAsJsonObject();

        /** The object at a path of field names and indices, such as links.0. */
        private JsonObject at(String path) {
            JsonElement at = answer;
            for (String step : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
                at = at.isJsonArray() ? at.getAsJsonArray().get(Integer.parseInt(step))
                        : at.getAsJsonObject().get(step);
            }
            return at.getAsJsonObject();
        }

        @Test
        void mayTellMore() throws IOException {
            answer.addProperty("mood", "good");
            at("links.0").add("peers", JsonParser.parseString("[1, {}]"));
            at("journal").addProperty("colour", 3);
            assertThat(StatusJson.read(answer.toString())).isEqualTo(FULL);
        }

        @Test
        void mayNameWhatIsNull() throws IOException {
            answer.add("journal", null);
            at("links.0").add("reason", null);
            assertThat(StatusJson.read(answer.toString()).journal()).isNull();
            assertThat(StatusJson.read(answer.toString()).links()).containsExactly(UP, DOWN);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {"|name", "|startedMillis", "|nowNanos", "|clients", "|digest",
            "|cutoffNanos", "|connections", "|links", "links.1|neighbour", "links.1|up", "links.1|queued",
            "links.1|heardMillisAgo", "links.1|starts", "links.1|linesSent", "links.1|bytesSent", "links.1|linesResent",
            "links.1|incoming", "links.1|clients", "|room", "room|maxClients", "room|full", "room|lacking",
            "room|refusedReports", "room|refusedTaught", "room|refusedReplayed", "journal|unread", "journal|bytes",
            "journal|records", "journal|replayed", "journal|lastRoundMillis", "webhooks|waiting", "webhooks|givenUp",
            "webhooks|failures"})
        void isRefusedByTheNameOfWhatIsMissing(String path, String field) {
            JsonObject object = at(path == null ? "" : path);
            object.remove(field);
            assertThatThrownBy(() -> StatusJson.read(answer.toString())).isInstanceOf(IOException.class)
                    .hasMessageStartingWith("its answer is no status that this program can read: ")
                    .hasMessageEndingWith(field + " is missing");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
            "|name|7|name is no text", "|clients|\"many\"|clients is no whole number",
            "|clients|1.5|clients is no whole number",
            "|clients|3000000000|clients is no whole number below 2147483648",
            "|nowNanos|1e400|nowNanos is no whole number", "|nowNanos|{}|nowNanos is no whole number",
            "|digest|null|digest is no text", "|links|{}|links is no list", "|links|[7]|links[0] is no object",
            "|journal|[]|journal is no object", "|room|[]|room is no object", "room|full|1|room.full is no boolean",
            "webhooks|failures|[7]|webhooks.failures[0] is no text",
            "links.1|up|1|links[1].up is no boolean",
            "links.1|reason|5|links[1].reason is no text", "journal|bytes|true|journal.bytes is no whole number"})
        void isRefusedByTheNameOfWhatIsOfAnotherKind(String path, String field, String value, String reason) {
            at(path == null ? "" : path).add(field, JsonParser.parseString(value));
            assertThatThrownBy(() -> StatusJson.read(answer.toString())).isInstanceOf(IOException.class)
                    .hasMessage("its answer is no status that this program can read: " + reason);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no status", "null", "7", "[]", "[1", "{", "{} {}", "{\"name\":\"Alford\"", "?"})
    void isNothingElse(String answer) {
        assertThatThrownBy(() -> StatusJson.read(answer)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("its answer is no status that this program can read: ");
    }

    @Test
    void isNotTakenForOneWhenItIsNestedWithoutEnd() {
        assertThatThrownBy(() -> StatusJson.read("[".repeat(500_000))).isInstanceOf(IOException.class);
    }
}
