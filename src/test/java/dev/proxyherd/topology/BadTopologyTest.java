package dev.proxyherd.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadTopologyTest {
    private static final String GOOD = """
            {
              "servers": {
                "A": {"host": "h", "port": 1},
                "B": {"host": "h", "port": 2}
              },
              "links": [
                ["A", "B"]
              ]
            }
            """;

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("city.json");
    }

    private String faultOf(String text) throws IOException {
        Files.writeString(path, text);
        return fault();
    }

    private String fault() {
        TopologyException fault = catchThrowableOfType(TopologyException.class, () -> TopologyFile.read(path));
        assertThat(fault).as("it must be refused").isNotNull();
        assertThat(fault.getMessage()).startsWith(path + ": ").doesNotContain("\n");
        return fault.getMessage().substring((path + ": ").length());
    }

    @ParameterizedTest(name = "{0} for {1}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[\"A\", \"B\"]             | [\"A\", \"C\"]                  | 7 | names 'C', which is no server; the servers are A, B",
        "[\"A\", \"B\"]             | [\"A\", \"a\"]                  | 7 | names 'a', which is no server; the servers are A, B",
        "[\"A\", \"B\"]             | [\"A\", \"B\"], [\"B\", \"B\"]  | 7 | 'B' is linked to itself; name another server or remove it",
        "[\"A\", \"B\"]             | [\"A\"]                         | 7 | a link names two servers, this one names 1",
        "[\"A\", \"B\"]             | []                              | 7 | a link names two servers, this one names 0",
        "[\"A\", \"B\"]             | [\"A\", \"B\", \"A\"]           | 7 | a link names two servers, this one names 3",
        "[\"A\", \"B\"]             | \"A-B\"                         | 7 | here belongs a list [...], and not text; see the example in src/doc/options.md",
        "[\"A\", \"B\"]             | [\"A\", [\"B\"]]                | 7 | here belongs text, and not a list [...]",
        "[\"A\", \"B\"]             | [\"A\", null]                   | 7 | here belongs text, and not null",
        "\"B\": {                   | \"A\": {                        | 4 | the server 'A' is there twice; rename or remove one",
        "\"port\": 2                | \"port\": 1                     | 4 | 'A' and 'B' have the same address h:1; give one of them another port",
        "{\"host\": \"h\", \"port\": 2 | {\"host\": \"H\", \"port\": 1 | 4 | 'A' and 'B' have the same address",
        "\"B\": {                   | \"B B\": {                      | 4 | 'B B' is no server name; use 1 to 64 of",
        "\"B\": {                   | \"\": {                         | 4 | '' is no server name; use 1 to 64 of",
        "\"B\": {                   | \"B\\n\": {                     | 4 | 'B?' is no server name; use 1 to 64 of",
        "\"port\": 2                | \"port\": 0                     | 4 | 0 is no port; use 1 to 65535",
        "\"port\": 2                | \"port\": 65536                 | 4 | 65536 is no port; use 1 to 65535",
        "\"port\": 2                | \"port\": -2                    | 4 | -2 is no port; use 1 to 65535",
        "\"port\": 2                | \"port\": 2.5                   | 4 | 2.5 is no port; use 1 to 65535",
        "\"port\": 2                | \"port\": 99999999999999999999  | 4 | is no port; use 1 to 65535",
        "\"port\": 2                | \"port\": true                  | 4 | here belongs text, and not true or false",
        "\"port\": 2                | \"port\": null                  | 4 | here belongs text, and not null",
        "\"port\": 2                | \"prot\": 2                     | 4 | unknown key 'prot' in server 'B'; the keys are host, port",
        "\"port\": 2                | \"port\": 2, \"port\": 3        | 4 | the key 'port' is there twice in server 'B'; keep one",
        "\"port\": 2                | \"port\": 2, \"host\": \"h\"    | 4 | the key 'host' is there twice in server 'B'; keep one",
        ", \"port\": 2              |                                 | 4 | server 'B' has no port; add it",
        "\"host\": \"h\", \"port\": 2 | \"port\": 2                   | 4 | server 'B' has no host; add it",
        "{\"host\": \"h\", \"port\": 2 | {\"host\": \"\", \"port\": 2  | 4 | '' is no host; use a name or an address such as 127.0.0.1",
        "{\"host\": \"h\", \"port\": 2 | {\"host\": \"h h\", \"port\": 2 | 4 | 'h h' is no host; use a name or an address",
        "{\"host\": \"h\", \"port\": 2 | {\"host\": \"h:2\", \"port\": 2 | 4 | 'h:2' is no host; use a name or an address",
        "{\"host\": \"h\", \"port\": 2 | {\"host\": \"[::1]\", \"port\": 2 | 4 | '[::1]' is no host; use a name or an address "
                + "such as 127.0.0.1 or ::1, without brackets or port",
        "{\"host\": \"h\", \"port\": 2 | {\"host\": 7, \"port\": 2     | 4 | a host is written in quotes",
        "{\"host\": \"h\", \"port\": 2} | \"h:2\"                      | 4 | here belongs an object {...}, and not text",
        "\"servers\": {             | \"servers\": [                  | 2 | here belongs an object {...}, and not a list [...]",
        "\"links\": [               | \"links\": {                    | 6 | here belongs a list [...], and not an object {...}",
        "\"links\": [               | \"servers\": [                  | 6 | the key 'servers' is there twice; keep one",
        "\"links\": [               | \"neighbours\": [               | 6 | 'neighbours' is no key, or its value",
        "\"links\": [               | \"maxLine\": null, \"links\": [ | 6 | 'maxLine' is no key, or its value is neither text, a number, true, false, nor a list of texts; the keys are servers, links, and names of options",
        "\"links\": [               | \"links\" [                     | 6 | the JSON is broken here: Expected ':'; mend the syntax",
        "\"port\": 2}               | \"port\": 2},                   | 5 | the JSON is broken here",
        "\"port\": 2                | 'port': 2                       | 4 | the JSON is broken here",
        "\"port\": 2                | \"\\u00zz\": 2                  | 4 | the JSON is broken here",
        "\"port\": 2                | \"port\": 2 // comment          | 4 | the JSON is broken here"})
    void isRefusedWithItsPlaceItsFaultAndItsMend(String good, String bad, int line, String message) throws IOException {
        assertThat(GOOD).contains(good);
        String text = new StringBuilder(GOOD)
                .replace(GOOD.lastIndexOf(good), GOOD.lastIndexOf(good) + good.length(), bad == null ? "" : bad)
                .toString();
        assertThat(faultOf(text)).matches("line " + line + " column \\d+: .*").contains(message);
    }

    @Test
    void isRefusedWhereverItIsCutOff() throws IOException {
        for (int end = 0; end < GOOD.trim().length(); end++) {
            assertThat(faultOf(GOOD.substring(0, end))).as("cut after %d bytes", end)
                    .matches(
                            "line \\d+ column \\d+: the JSON is broken here: (the file ends too early|Unterminated .*); mend the syntax");
        }
    }

    @Test
    void isRefusedWithAnythingAfterTheClosingBrace() throws IOException {
        for (String more : new String[] {"{}", "x", "}", ",", "[", "\"\""}) {
            assertThat(faultOf(GOOD + more)).as(more).matches("line 10 column \\d+: .*");
        }
    }

    @Test
    void isRefusedWhenItIsNoObjectOrHasNoServers() throws IOException {
        assertThat(faultOf("[]")).contains("line 1 column 2: here belongs an object {...}, and not a list [...]")
                .contains("options.md");
        assertThat(faultOf("{}")).isEqualTo("there are no servers; add some under the key servers");
        assertThat(faultOf("{\"servers\": {}}")).isEqualTo("there are no servers; add some under the key servers");
    }

    @Test
    void isRefusedWhenItIsNotUtf8() throws IOException {
        Files.write(path, GOOD.replace('h', '\u00E9').getBytes(StandardCharsets.ISO_8859_1));
        assertThat(fault()).isEqualTo("not UTF-8; save the file as UTF-8");
    }

    @Test
    void isRefusedWhenItIsNotThereOrNoFile() throws IOException {
        assertThat(fault()).isEqualTo("cannot be read: no such file or folder; name another file");
        path = folder;
        assertThat(fault()).contains("cannot be read");
    }

    @Test
    void isReadOrRefusedButNeverFailsOtherwise() throws IOException {
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(GOOD);
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(text.length());
                String[] pieces = {"{", "}", "[", "]", "\"", ",", ":", "\\", "\\u12", "1e99", "null", "true", "-", "\0",
                    "\uFEFF", "A"};
                text.replace(at, Math.min(text.length(), at + random.nextInt(3)),
                        pieces[random.nextInt(pieces.length)]);
            }
            Files.writeString(path, text);
            try {
                TopologyFile.read(path);
            } catch (TopologyException refused) {
                assertThat(refused).as("seed %d", seed).hasMessageStartingWith(path + ": ");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }
}
