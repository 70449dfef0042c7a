package dev.proxyherd.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes the {@link LinkMessage}s of the handshake; reading is total. */
final class HandshakeMessages {
    private static final String HEX = "[0-9a-f]{1,128}";
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";
    private static final Pattern HELLO = Pattern.compile(
            "HERD (\\d{1,6}) (LINK|STATUS|CHANGE) (" + NAME + ") (" + NAME + ") (" + HEX
                    + ") (\\d{1,12})(?: ([1-9]\\d{0,11}))?");
    private static final Pattern CHALLENGE = Pattern.compile("HERD (\\d{1,6}) (" + HEX + ") (" + HEX + ")");
    private static final Pattern OTHER_VERSION = Pattern.compile("HERD (\\d{1,6}) (?:LINK|STATUS|CHANGE) .*");
    private static final Pattern PROOF = Pattern.compile("PROOF (" + HEX + ")");

    /** It comes from whoever listens where a neighbour should, and is shown to people: no command for their terminal. */
    private static final Pattern REFUSAL = Pattern.compile("REFUSED ([ -~]{1,1024})");

    private HandshakeMessages() {
    }

    /** The message in a line; null if it is none. */
    static @Nullable LinkMessage parse(String line) {
        Matcher hello = HELLO.matcher(line);
        if (hello.matches()) {
            return new LinkMessage.Hello(version(hello), LinkMessage.Role.valueOf(hello.group(2)), hello.group(3),
                    hello.group(4), hello.group(5), Long.parseLong(hello.group(6)),
                    hello.group(7) == null ? 0 : Long.parseLong(hello.group(7)));
        }
        Matcher challenge = CHALLENGE.matcher(line);
        if (challenge.matches()) {
            return new LinkMessage.Challenge(version(challenge), challenge.group(2), challenge.group(3));
        }
        Matcher other = OTHER_VERSION.matcher(line);
        if (other.matches() && version(other) != LinkMessage.VERSION) {
            return new LinkMessage.Hello(version(other), LinkMessage.Role.LINK, "", "", "", 0);
        }
        Matcher proof = PROOF.matcher(line);
        if (proof.matches()) {
            return new LinkMessage.Proof(proof.group(1));
        }
        if (line.equals("WELCOME")) {
            return new LinkMessage.Welcome();
        }
        Matcher refusal = REFUSAL.matcher(line);
        return refusal.matches() ? new LinkMessage.Refusal(refusal.group(1)) : null;
    }

    private static int version(Matcher matcher) {
        return Integer.parseInt(matcher.group(1));
    }

    /** The message as a line without its LF. */
    static String write(LinkMessage message) {
        return switch (message) {
            case LinkMessage.Hello hello -> "HERD " + hello.version() + ' ' + hello.role() + ' ' + hello.from() + ' '
                    + hello.to() + ' ' + hello.nonce() + ' ' + hello.expirySeconds()
                    + (hello.keepSeconds() == 0 ? "" : " " + hello.keepSeconds());
            case LinkMessage.Challenge challenge ->
                    "HERD " + challenge.version() + ' ' + challenge.nonce() + ' ' + challenge.proof();
            case LinkMessage.Proof proof -> "PROOF " + proof.proof();
            case LinkMessage.Welcome welcome -> "WELCOME";
            case LinkMessage.Refusal refusal -> "REFUSED " + refusal.reason();
            default -> throw new IllegalArgumentException("no message of a handshake: " + message);
        };
    }
}
