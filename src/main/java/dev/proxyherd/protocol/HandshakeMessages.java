package dev.proxyherd.protocol;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the {@link LinkMessage}s of the handshake; reading is total. What was read is written as the very line
 * again, for the proofs cover whole lines.
 */
final class HandshakeMessages {
    private static final String HEX = "[0-9a-f]{1,128}";
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";
    private static final String VERSION = "[1-9]\\d{0,5}";
    private static final String VERSIONS = VERSION + "(?:,[1-9]\\d{0,5}){0,15}";
    private static final String ROLE =
            Stream.of(LinkMessage.Role.values()).map(Enum::name).collect(Collectors.joining("|"));
    private static final Pattern HELLO = Pattern.compile("HERD (" + VERSIONS + ") (" + ROLE + ") (" + NAME + ") ("
            + NAME + ") (" + HEX + ")( .*)?");
    private static final Pattern OTHER_HELLO = Pattern.compile("HERD (" + VERSIONS + ") (?:" + ROLE + ") .*");
    private static final Pattern CHALLENGE = Pattern.compile("HERD (" + VERSION + ") (" + HEX + ")( .*)?");
    private static final Pattern PROOF = Pattern.compile("PROOF (" + HEX + ")");
    private static final Pattern WELCOME = Pattern.compile("WELCOME (" + HEX + ")( .*)?");

    /** It is shown to people, whoever listens where a neighbour should: no command for their terminal. */
    private static final String REASON = "([ -~]{1,1024})";
    private static final Pattern DENIAL = Pattern.compile("DENIED (" + HEX + ") " + REASON);
    private static final Pattern REFUSAL = Pattern.compile("REFUSED " + REASON);

    private HandshakeMessages() {
    }

    /** The message in a line; null if it is none. */
    static @Nullable LinkMessage parse(String line) {
        int end = line.indexOf(' ');
        return switch (end < 0 ? "" : line.substring(0, end)) {
            case "HERD" -> line.startsWith("HERD ") ? opening(line) : null;
            case "PROOF" -> {
                Matcher proof = PROOF.matcher(line);
                yield proof.matches() ? new LinkMessage.Proof(proof.group(1)) : null;
            }
            case "WELCOME" -> {
                Matcher welcome = WELCOME.matcher(line);
                HelloValues values = welcome.matches() ? values(welcome.group(2)) : null;
                yield values == null ? null : new LinkMessage.Welcome(welcome.group(1), values);
            }
            case "DENIED" -> {
                Matcher denial = DENIAL.matcher(line);
                yield denial.matches() ? new LinkMessage.Denial(denial.group(1), denial.group(2)) : null;
            }
            case "REFUSED" -> {
                Matcher refusal = REFUSAL.matcher(line);
                yield refusal.matches() ? new LinkMessage.Refusal(refusal.group(1)) : null;
            }
            default -> null;
        };
    }

    private static @Nullable LinkMessage opening(String line) {
        Matcher hello = HELLO.matcher(line);
        HelloValues said = hello.matches() ? values(hello.group(6)) : null;
        if (said != null) {
            return new LinkMessage.Hello(versions(hello.group(1)), LinkMessage.Role.valueOf(hello.group(2)),
                    hello.group(3), hello.group(4), hello.group(5), said);
        }
        Matcher challenge = CHALLENGE.matcher(line);
        if (challenge.matches()) {
            int version = Integer.parseInt(challenge.group(1));
            HelloValues values = values(challenge.group(3));
            return values != null ? new LinkMessage.Challenge(version, challenge.group(2), values)
                    : version == LinkMessage.VERSION ? null
                            : new LinkMessage.Challenge(version, challenge.group(2), HelloValues.NONE);
        }
        Matcher other = OTHER_HELLO.matcher(line);
        List<Integer> versions = other.matches() ? versions(other.group(1)) : List.of(LinkMessage.VERSION);
        return versions.contains(LinkMessage.VERSION) ? null
                : new LinkMessage.Hello(versions, LinkMessage.Role.LINK, "", "", "", HelloValues.NONE);
    }

    private static @Nullable HelloValues values(@Nullable String text) {
        return text == null ? HelloValues.NONE : HelloValues.parse(text);
    }

    private static List<Integer> versions(String text) {
        return Stream.of(text.split(",")).map(Integer::valueOf).toList();
    }

    private static String versions(List<Integer> versions) {
        return versions.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** The message as a line without its LF. */
    static String write(LinkMessage message) {
        return switch (message) {
            case LinkMessage.Hello hello -> "HERD " + versions(hello.versions()) + ' ' + hello.role() + ' '
                    + hello.from() + ' ' + hello.to() + ' ' + hello.nonce() + hello.values();
            case LinkMessage.Challenge challenge ->
                    "HERD " + challenge.version() + ' ' + challenge.nonce() + challenge.values();
            case LinkMessage.Proof proof -> "PROOF " + proof.proof();
            case LinkMessage.Welcome welcome -> "WELCOME " + welcome.proof() + welcome.values();
            case LinkMessage.Denial denial -> "DENIED " + denial.proof() + ' ' + denial.reason();
            case LinkMessage.Refusal refusal -> "REFUSED " + refusal.reason();
            default -> throw new IllegalArgumentException("no message of a handshake: " + message);
        };
    }
}
