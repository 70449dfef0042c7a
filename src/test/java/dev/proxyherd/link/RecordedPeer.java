package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says the lines that a peer of version 2 once said, and hears what it once heard. Of a newer build it may hear more values
 * and abilities than it knows: then it reckons the proofs over what it has heard, as that peer would.
 */
final class RecordedPeer {
    private static final Pattern REPEATED = Pattern.compile("\\(([^)]*)\\)\\*(\\d+)");
    private static final Set<String> PROVED = Set.of("PROOF", "WELCOME");

    /** What comes with each heartbeat, whenever that is due. */
    private static final Set<String> AT_INTERVALS = Set.of("BEAT", "SEEN", "ROOM");

    private final RawClient connection;
    private final String secret;
    private String hello;
    private String challenge;
    private boolean exact = true;

    /** @param secret of the recorded herd, 64 hexadecimal digits */
    RecordedPeer(RawClient connection, String secret) {
        this.connection = connection;
        this.secret = secret;
    }

    /** Goes through the lines: {@code >} says one, {@code <} hears one, where {@code *} stands for anything. */
    void play(List<String> script) throws IOException {
        for (String step : script) {
            String recorded = REPEATED.matcher(step.substring(2)).replaceAll(
                    repeated -> Matcher
                            .quoteReplacement(repeated.group(1).repeat(Integer.parseInt(repeated.group(2)))));
            if (step.startsWith("> ")) {
                say(recorded);
            } else {
                hear(recorded);
            }
        }
    }

    private void say(String recorded) throws IOException {
        String line = PROVED.contains(word(recorded)) ? proved(recorded) : recorded;
        open(recorded, line);
        connection.send(line + '\n');
    }

    private void hear(String recorded) throws IOException {
        String line = connection.readLine();
        while (AT_INTERVALS.contains(word(line)) && !line.equals(recorded)) {
            line = connection.readLine();
        }
        open(recorded, line);
        if (word(recorded).equals("HERD")) {
            assertIsOrExtends(line, recorded);
        } else if (PROVED.contains(word(recorded))) {
            assertThat(line).as("the proof").isEqualTo(proved(line));
            assertThat(exact && !line.equals(recorded)).as("%s is recorded, %s is heard", recorded, line).isFalse();
        } else {
            assertThat(line).matches(Pattern.quote(recorded).replace("*", "\\E.*\\Q"));
        }
    }

    private void open(String recorded, String line) {
        if (word(line).equals("HERD")) {
            exact &= line.equals(recorded);
            challenge = hello == null ? challenge : line;
            hello = hello == null ? line : hello;
        }
    }

    /** The line with the proof that belongs there. */
    private String proved(String line) {
        String[] parts = line.split(" ", 3);
        String rest = parts.length < 3 ? "" : ' ' + parts[2];
        String role = hello.split(" ")[2];
        String end = parts[0].equals("PROOF") ? "dialler" : "acceptor";
        String reckoned =
                parts[0] + ' ' + FakeNeighbour.proof(secret, role + "/2 " + end, hello, challenge, rest) + rest;
        assertThat(exact && !line.equals(reckoned)).as("%s is recorded, %s is right", line, reckoned).isFalse();
        return reckoned;
    }

    private static void assertIsOrExtends(String line, String recorded) {
        List<String> heard = Arrays.asList(line.split(" "));
        for (String field : recorded.split(" ")) {
            if (field.startsWith("abilities=")) {
                String list = heard.stream().filter(one -> one.startsWith("abilities=")).findFirst().orElse("");
                assertThat(new HashSet<>(Arrays.asList(list.substring(list.indexOf('=') + 1).split(","))))
                        .as(line).containsAll(Arrays.asList(field.substring(field.indexOf('=') + 1).split(",")));
            } else if (!field.equals("*")) {
                assertThat(heard).contains(field);
            }
        }
    }

    private static String word(String line) {
        return line.split(" ", 2)[0];
    }
}
