package dev.proxyherd.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.cli.CommandRun;
import dev.proxyherd.topology.Topology;
import dev.proxyherd.topology.TopologyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyCommandTest {
    private static final String FIVE = "herd-topology.json";

    @TempDir
    private Path folder;

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("herd.json"), text).toString();
    }

    /** Servers A, B and so on. */
    private String herd(int servers, String more) throws IOException {
        StringBuilder text = new StringBuilder("{\"servers\": {");
        for (int i = 0; i < servers; i++) {
            text.append(i == 0 ? "" : ", ").append('"').append((char) ('A' + i))
                    .append("\": {\"host\": \"127.0.0.1\", ")
                    .append("\"port\": ").append(i + 1).append('}');
        }
        return file(text + "}" + more + "}");
    }

    @Test
    void needsToBeToldWhatToDo() {
        CommandRun run = CommandRun.of("topology");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("herd: Say what to do with a topology: check or suggest\nUsage: herd topology");
        assertThat(CommandRun.of("topology", "chekc").err())
                .startsWith("herd: there is no command 'chekc'; the commands are check, suggest\n");
    }

    @Nested
    class Check {
        @Test
        void tellsWhatTheShippedTopologyPromises() {
            CommandRun run = CommandRun.of("topology", "check", FIVE);
            assertThat(run.code()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).isEqualTo("""
                    5 servers, 5 links
                    connected
                    hops of an update: 3 at most (the diameter), 1.60 on average
                    links of a server: 3 at most, 2.00 on average
                    copies of each update: 6 (2 x links - (servers - 1))
                    parted by the loss of one server: Parker
                    parted by the loss of one link: Hamilton - Parker
                    survives: not every single loss, such as that of Parker
                    time to all: 0.9 ms at most in an idle herd (--delay)
                    busiest server: Parker, sends 2.20 and hears 1.20 copies of each update, which takes \
                    8.9 % of a processor at 10,000 updates/s (--rate)
                    the loss of one link: parts 1 of 5 servers from the others at the worst (Hamilton - Parker); \
                    they catch up when it is back
                    links or Kafka: links; 160,000 updates/s fill a processor of the busiest server \
                    (Kafka: 11 ms to all, and 6.4 us of a processor for each update)
                    """);
            assertThat(CommandRun.of("topology", "check", "--topology", FIVE).out()).isEqualTo(run.out());
        }

        @Test
        void exitsWithOneWhereSomeLossOfSoManyPartsThem() throws IOException {
            CommandRun run = CommandRun.of("topology", "check", FIVE, "--survive", "1");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).endsWith("--survive 1: no, it is parted without Parker\n");
            assertThat(CommandRun.of("topology", "check", FIVE, "--survive", "0").code()).isZero();
            String ring = herd(4, ", \"links\": [[\"A\", \"B\"], [\"B\", \"C\"], [\"C\", \"D\"], [\"D\", \"A\"]]");
            assertThat(CommandRun.of("topology", "check", ring, "--survive", "1").out())
                    .contains("survives: any 1 loss; 2 part it, such as B, D\n",
                            "the loss of one link: leaves 3 hops at most, at the worst (")
                    .endsWith("--survive 1: yes\n");
            assertThat(CommandRun.of("topology", "check", ring, "--survive=2").code()).isEqualTo(1);
        }

        @Test
        void namesALinkWhereNoServerCanPartThem() throws IOException {
            CommandRun run =
                    CommandRun.of("topology", "check", herd(2, ", \"links\": [[\"A\", \"B\"]]"), "--survive=1");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).endsWith("it is parted without the link A - B\n");
            CommandRun single = CommandRun.of("topology", "check", herd(1, ""), "--survive=16");
            assertThat(single.code()).isZero();
            assertThat(single.out()).doesNotContain("time to all");
        }

        @Test
        void exitsWithTwoWhereTheyAreNotConnected() throws IOException {
            String file = herd(4, ", \"links\": [[\"A\", \"C\"]]");
            CommandRun run = CommandRun.of("topology", "check", file, "--survive", "1");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out())
                    .contains("not connected: no path of links joins B, D to the other servers; add a link")
                    .doesNotContain("copies").endsWith("--survive 1: no, it is parted already\n");
            CommandRun json = CommandRun.of("topology", "check", file, "--json");
            assertThat(json.code()).isEqualTo(2);
            JsonObject told = JsonParser.parseString(json.out()).getAsJsonObject();
            assertThat(told.get("connected").getAsBoolean()).isFalse();
            assertThat(told.get("island")).hasToString("[\"B\",\"D\"]");
            assertThat(told.has("copies")).isFalse();
        }

        @Test
        void printsJsonOnOneLine() {
            CommandRun run = CommandRun.of("topology", "check", FIVE, "--json");
            assertThat(run.out()).isEqualTo("{\"servers\":5,\"links\":5,\"connected\":true,\"island\":[],\"copies\":6,"
                    + "\"mostHops\":3,\"meanHops\":1.6,\"mostLinks\":3,\"meanLinks\":2.0,\"cutServers\":[\"Parker\"],"
                    + "\"cutLinks\":[[\"Hamilton\",\"Parker\"]],\"survivedLosses\":0,"
                    + "\"parting\":{\"servers\":[\"Parker\"],\"links\":[]},\"forecast\":{\"millisToAll\":0.9,"
                    + "\"busiest\":\"Parker\",\"sent\":2.2,\"heard\":1.2,\"rate\":10000.0,\"processors\":0.08852,"
                    + "\"mostRate\":165755.0,\"kafkaTakesLess\":false,\"kafkaIsSooner\":false,"
                    + "\"worstLink\":[\"Hamilton\",\"Parker\"],\"partedWithoutIt\":1,\"mostHopsWithoutIt\":2}}\n");
        }

        @Test
        void tellsFromWhereOnLinksShouldGiveWayToKafka() throws IOException {
            String star = file(CommandRun.of("topology", "suggest", "--servers", "60", "--survive", "0").out());
            assertThat(CommandRun.of("topology", "check", star).out())
                    .contains(
                            "busiest server: S01, sends 58.02 and hears 0.98 copies of each update, which takes 136.3 % of a",
                            "links or Kafka: links up to 6,500 updates/s");
            assertThat(CommandRun.of("topology", "check", FIVE, "--delay", "20", "--rate", "100000").out())
                    .contains("time to all: 61 ms", "at 100,000 updates/s",
                            "links or Kafka: Kafka, if that is too late (Kafka: 51 ms");
        }

        @Test
        void drawsOnStandardOutputAndReportsOnTheOther() {
            CommandRun run = CommandRun.of("topology", "check", FIVE, "--draw");
            assertThat(run.code()).isZero();
            assertThat(run.out()).startsWith("<svg ").endsWith("</svg>\n").contains(">Hamilton - Parker<");
            assertThat(run.err()).startsWith("5 servers, 5 links\n");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            ", \"links\": [[\"A\", \"Z\"]] | the link names 'Z', which is no server",
            ", \"maxLines\": 7   | unknown key 'maxLines'; the keys are servers, links, and names of options",
            ", \"maxLine\": 7    | --max-line must be 1024 to 65536",
            ", \"maxLine\": \"x\" | Invalid value for option '--max-line': 'x' is no whole number",
            ", \"logSize\": \"1M\" | --log-size must be at least 4M",
            ", \"expireAfter\": \"1500ms\" | --expire-after must be 0, or whole seconds",
            ", \"http\": \"Z=1\" | --http Z=1: there is no server 'Z'",
            ", \"listen\": \"here\" | --listen here: write HOST:PORT",
            ", \"places\": \"bing\" | --places bing: there is no such provider",
            ", \"placesDeadline\": \"1ms\" | --places-deadline in milliseconds must be 50 to 60000",
            ", 7                  | the JSON is broken here"})
        void namesAFaultAsServersDo(String more, String fault) throws IOException {
            String file = herd(2, more);
            CommandRun run = CommandRun.of("topology", "check", file);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("herd: " + file + ": line 1 column ").contains(": " + fault)
                    .hasLineCount(1);
            CommandRun server = CommandRun.of("--name", "A", "--topology", file, "--state-dir", folder.toString());
            assertThat(run.err()).isEqualTo(server.err().replaceFirst("herd: warning: .*\n", ""));
        }

        @Test
        void takesAnAddressToListenOnThatNamesNoServer() throws IOException {
            String file = herd(2, ", \"links\": [[\"A\", \"B\"]], \"listen\": \"0.0.0.0:1\"");
            assertThat(CommandRun.of("topology", "check", file).code()).isZero();
            file = herd(2, ", \"links\": [[\"A\", \"B\"]], \"listen\": [\"A=0.0.0.0:1\", \"B=0.0.0.0:2\"]");
            assertThat(CommandRun.of("topology", "check", file).code()).isZero();
        }

        @Test
        void namesAFileThatIsNotThere() {
            CommandRun run = CommandRun.of("topology", "check", folder.resolve("none.json").toString());
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).isEqualTo("herd: " + folder.resolve("none.json")
                    + ": cannot be read: no such file or folder; name another file\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"--survive=-1", "--survive=17", "--rate=0", "--rate=x", "--delay=-1", "--delay=x",
            "--survive=x", "--draw --json"})
        void refusesWhatItCannotDo(String options) {
            CommandRun run = CommandRun.of(("topology check " + FIVE + ' ' + options).split(" "));
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("herd: ").contains(options.split("[= ]")[0]);
        }
    }

    @Nested
    class Suggest {
        @ParameterizedTest
        @CsvSource({"--servers 1, 16", "--servers 2, 0", "--servers 7, 1", "--servers 12, 3",
            "'--names Ames,Bern,Cork', 1",
            "herd-topology.json, 3", "--topology herd-topology.json, 2"})
        void printsAFileThatTheCheckFindsToSurviveAsMuch(String servers, String losses) throws Exception {
            CommandRun run = CommandRun.of(("topology suggest " + servers + " --survive " + losses).split(" "));
            assertThat(run.code()).isZero();
            assertThat(run.err()).startsWith("survives: any losses up to " + losses + '\n')
                    .contains("hops of an update: ", "copies of each update: ");
            String file = file(run.out());
            CommandRun check = CommandRun.of("topology", "check", file, "--survive", losses);
            assertThat(check.code()).as(check.out() + check.err()).isZero();
        }

        @Test
        void saysInItsUsageHowNamesAreGiven() {
            assertThat(CommandRun.of("topology", "suggest", "--help").out()).contains("[--names=NAME,...]");
        }

        @Test
        void survivesOneLossUnlessToldOtherwise() {
            assertThat(CommandRun.of("topology", "suggest", "--servers", "5").err())
                    .startsWith("survives: any losses up to 1");
            assertThat(CommandRun.of("topology", "suggest", "--servers", "2").err())
                    .startsWith("survives: any losses up to 0");
        }

        @Test
        void keepsTheServersAndOptionsOfAFile() throws Exception {
            String file = herd(4,
                    ", \"links\": [[\"A\", \"B\"]], \"maxLine\": 4096, \"listen\": [\"A=0.0.0.0:1\", \"B=0.0.0.0:2\"]");
            Topology before = TopologyFile.read(Path.of(file));
            CommandRun run = CommandRun.of("topology", "suggest", file);
            assertThat(run.code()).isZero();
            Topology after = TopologyFile.read(Path.of(file(run.out())));
            assertThat(after.servers()).isEqualTo(before.servers());
            assertThat(after.settings().values()).isEqualTo(before.settings().values());
            assertThat(after.neighbours()).isNotEqualTo(before.neighbours());
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "                            | Say which servers to link, in one way: --servers N, --names NAME,..., or FILE",
            "--servers 3 --names A,B,C   | Say which servers to link, in one way",
            "herd-topology.json --servers 3 | Say which servers to link, in one way",
            "--servers 0                 | --servers must be 1 to 1000",
            "--servers 1001              | --servers must be 1 to 1000",
            "--servers 2 --survive 1     | --survive 1 takes 3 servers or more, and there are 2; leave it out",
            "--servers 5 --survive 4     | --survive 4 takes 6 servers or more, and there are 5; they survive 3 at most",
            "--servers 5 --survive -1    | --survive must be 0 to 16",
            "--servers 99 --survive 17   | --survive must be 0 to 16",
            "--names A,B/C               | --names: 'B/C' is no server name",
            "--names A,A                 | --names: 'A' is there twice"})
        void refusesWhatItCannotDo(String options, String message) {
            CommandRun run =
                    CommandRun.of(("topology suggest " + (options == null ? "" : options)).strip().split(" +"));
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("herd: " + message);
        }
    }
}
