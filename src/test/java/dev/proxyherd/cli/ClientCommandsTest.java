package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.StubPlaces;
import dev.proxyherd.server.TestClock;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code herd iamat}, {@code whatsat} and {@code send}: what they print and how they exit. */
class ClientCommandsTest {
    private static final String AT = "AT Alford +1.000000000 kiwi +34-118 999\n";

    @TempDir
    private Path dir;

    private TestHerd herd;

    @BeforeEach
    void start() throws IOException {
        herd = new TestHerd(dir.resolve("state"), "Alford").clock("Alford", new TestClock("1000")).startAll();
        Files.writeString(dir.resolve("herd-topology.json"), "{\"servers\": {"
                + "\"Alford\": {\"host\": \"127.0.0.1\", \"port\": " + herd.port("Alford") + "},"
                + "\"Nobody\": {\"host\": \"127.0.0.1\", \"port\": " + FreePorts.next() + "}}, \"links\": []}");
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    private void prints(HerdProcess started, int exitCode, String out) throws IOException {
        try (HerdProcess command = started) {
            assertThat(command.exitCode()).as(command.err()).isEqualTo(exitCode);
            assertThat(command.out()).isEqualTo(out);
            assertThat(command.err()).isEmpty();
        }
    }

    private HerdProcess herd(String... arguments) throws IOException {
        return HerdProcess.start(dir, arguments);
    }

    @Test
    void printTheAnswersByteForByteAndExitWithZero() throws IOException {
        prints(herd("iamat", "kiwi", "+34-118", "--time", "999"), 0, AT);
        prints(herd("whatsat", "kiwi", "10", "2", "--server", "Alford"), 0, AT + StubPlaces.document(2) + '\n');
    }

    @Test
    void takePositionsInTheSouth() throws IOException {
        prints(herd("iamat", "sydney", "-33.86+151.21", "--time", "999"), 0,
                "AT Alford +1.000000000 sydney -33.86+151.21 999\n");
    }

    @Test
    void useTheTimeOfNowIfNoneIsGiven() throws IOException {
        try (HerdProcess iamat = herd("iamat", "kiwi", "+34-118")) {
            assertThat(iamat.exitCode()).isZero();
            assertThat(iamat.out()).matches("AT Alford -\\d+\\.\\d{9} kiwi \\+34-118 \\d{10}\\.\\d{9}\n");
        }
    }

    @Test
    void exitWithOneWhenTheAnswerIsAQuestionMark() throws IOException {
        prints(herd("whatsat", "nobody", "10", "2"), 1, "? WHATSAT nobody 10 2\n");
        prints(herd("iamat", "kiwi", "34-118", "--time", "999"), 1, "? IAMAT kiwi 34-118 999\n");
    }

    @Test
    void sendLinesFromArguments() throws IOException {
        prints(herd("send", "IAMAT kiwi +34-118 999", "WHATSAT kiwi 1 1"), 0, AT + AT + StubPlaces.document(1) + "\n\n");
    }

    @Test
    void sendLinesFromStandardInput() throws IOException {
        Path input = Files.writeString(dir.resolve("input"), "IAMAT kiwi +34-118 999\r\n\nno end");
        prints(HerdProcess.startWithInput(dir, input, "send"), 1, AT + "? \n? no end\n");
    }

    @Test
    void nameTheAddressWhereNoServerIsAndExitWithTwo() throws IOException {
        try (HerdProcess command = herd("whatsat", "kiwi", "1", "1", "--server", "Nobody")) {
            assertThat(command.exitCode()).isEqualTo(2);
            assertThat(command.out()).isEmpty();
            assertThat(command.err()).hasLineCount(1)
                    .matches("(?s)herd: no server Nobody at 127\\.0\\.0\\.1:\\d+: .*; start it with: herd --name Nobody\n");
        }
    }
}
