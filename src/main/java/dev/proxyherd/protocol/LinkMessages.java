package dev.proxyherd.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes {@link LinkMessage}s, a line each; reading is total. */
public final class LinkMessages {
    private static final byte[] AT = Ascii.bytes("AT ");
    private static final byte[] BEAT = Ascii.bytes("BEAT");
    private static final byte[] HERD = Ascii.bytes("HERD ");
    private static final LinkMessage HEARTBEAT = new LinkMessage.Heartbeat();
    private static final LinkMessage UNKNOWN = new LinkMessage.Unknown();

    private static final String HEX = "[0-9a-f]{1,128}";
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";
    private static final Pattern HELLO =
            Pattern.compile("HERD (\\d{1,6}) LINK (" + NAME + ") (" + NAME + ") (" + HEX + ")");
    private static final Pattern CHALLENGE = Pattern.compile("HERD (\\d{1,6}) (" + HEX + ") (" + HEX + ")");
    private static final Pattern OTHER_VERSION = Pattern.compile("HERD (\\d{1,6}) .*");
    private static final Pattern PROOF = Pattern.compile("PROOF (" + HEX + ")");
    private static final Pattern REFUSAL = Pattern.compile("REFUSED (.{1,1024})");

    private LinkMessages() {
    }

    /** Whether the line at {@code [from, to)} opens a handshake, as no command of a client does. */
    public static boolean opensHandshake(byte[] line, int from, int to) {
        return to - from > HERD.length && Ascii.matches(line, from, from + HERD.length, HERD);
    }

    /** The message in the line at {@code [from, to)}, given without its LF; {@link LinkMessage.Unknown} if it is none. */
    public static LinkMessage parse(byte[] line, int from, int to) {
        if (to - from > AT.length && Ascii.matches(line, from, from + AT.length, AT)) {
            Location location = Location.parse(line, from, to);
            return location == null ? UNKNOWN : new LinkMessage.At(location);
        }
        if (Ascii.matches(line, from, to, BEAT)) {
            return HEARTBEAT;
        }
        return handshake(Ascii.string(line, from, to));
    }

    private static LinkMessage handshake(String line) {
        Matcher hello = HELLO.matcher(line);
        if (hello.matches()) {
            return new LinkMessage.Hello(version(hello), hello.group(2), hello.group(3), hello.group(4));
        }
        Matcher challenge = CHALLENGE.matcher(line);
        if (challenge.matches()) {
            return new LinkMessage.Challenge(version(challenge), challenge.group(2), challenge.group(3));
        }
        Matcher other = OTHER_VERSION.matcher(line);
        if (other.matches() && version(other) != LinkMessage.VERSION) {
            return new LinkMessage.Hello(version(other), "", "", "");
        }
        Matcher proof = PROOF.matcher(line);
        if (proof.matches()) {
            return new LinkMessage.Proof(proof.group(1));
        }
        if (line.equals("WELCOME")) {
            return new LinkMessage.Welcome();
        }
        Matcher refusal = REFUSAL.matcher(line);
        return refusal.matches() ? new LinkMessage.Refusal(refusal.group(1)) : UNKNOWN;
    }

    private static int version(Matcher matcher) {
        return Integer.parseInt(matcher.group(1));
    }

    /** The message as a line with its LF; not to be changed where it is an AT line. */
    public static byte[] write(LinkMessage message) {
        return switch (message) {
            case LinkMessage.At at -> at.location().line();
            case LinkMessage.Heartbeat beat -> line("BEAT");
            case LinkMessage.Hello hello ->
                    line("HERD " + hello.version() + " LINK " + hello.from() + ' ' + hello.to() + ' ' + hello.nonce());
            case LinkMessage.Challenge challenge ->
                    line("HERD " + challenge.version() + ' ' + challenge.nonce() + ' ' + challenge.proof());
            case LinkMessage.Proof proof -> line("PROOF " + proof.proof());
            case LinkMessage.Welcome welcome -> line("WELCOME");
            case LinkMessage.Refusal refusal -> line("REFUSED " + refusal.reason());
            case LinkMessage.Unknown unknown -> new byte[0];
        };
    }

    private static byte[] line(String text) {
        return Ascii.bytes(text + '\n');
    }
}
