package dev.proxyherd.foreign;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Client IDs between the herd, where they are any bytes but white space (kept as a character for each byte), and JSON and
 * URLs, which carry UTF-8. An ID that is no UTF-8 is shown percent-encoded (RFC 3986), byte for byte; and so is one whose
 * text is what another may be shown as: no two IDs are ever shown alike.
 */
public final class ClientIds {
    /** The longest ID that an app may report, in bytes. */
    static final int MAX_BYTES = 255;

    private static final int MAX_SHOWN = 64;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String PLAIN = "-._~";

    private ClientIds() {
    }

    /** The ID as text: UTF-8 where it is that and no other ID is shown so, else percent-encoded. */
    public static String shown(String id) {
        String text = text(id);
        return text == null || looksEncoded(id) ? encoded(id) : text;
    }

    /**
     * Whether {@link #shown} is percent-encoded: because the ID is no UTF-8, or because it is itself, as text, what
     * another encoded ID may be shown as. The byte 0xFF is shown as {@code %FF}, therefore the ID {@code %FF} as
     * {@code %25FF}, and so on.
     */
    public static boolean isEncoded(String id) {
        return text(id) == null || looksEncoded(id);
    }

    /** Whether it could come from {@link #encoded}, given an ID that is no UTF-8 or that looks like this. */
    private static boolean looksEncoded(String id) {
        boolean beyondAscii = false;
        for (int percent = id.indexOf('%'); percent >= 0; percent = id.indexOf('%', percent + 1)) {
            if (!isHex(id, percent + 1)) {
                return false;
            }
            int last = percent + 1;
            while (id.startsWith("25", last)) {
                last += 2;
            }
            beyondAscii |= isHex(id, last) && id.charAt(last) >= '8';
        }
        return beyondAscii && id.chars().allMatch(c -> c == '%' || isPlain((char) c));
    }

    private static boolean isHex(String id, int at) {
        return at + 1 < id.length() && isUpperHex(id.charAt(at)) && isUpperHex(id.charAt(at + 1));
    }

    private static boolean isUpperHex(char c) {
        return HexFormat.isHexDigit(c) && !Character.isLowerCase(c);
    }

    private static boolean isPlain(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
    }

    /** The ID as UTF-8; null if it is none. */
    private static @Nullable String text(String id) {
        boolean ascii = true;
        for (int i = 0; i < id.length(); i++) {
            ascii &= id.charAt(i) < 0x80;
        }
        if (ascii) {
            return id;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(id.getBytes(StandardCharsets.ISO_8859_1))).toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    /** The ID percent-encoded for a URL's path. */
    public static String encoded(String id) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (isPlain(c)) {
                encoded.append(c);
            } else {
                escape(encoded, c);
            }
        }
        return encoded.toString();
    }

    /**
     * Undoes percent-encoding, giving a character for each byte; {@code +} is a space if so wanted.
     *
     * @param encoded a character for each byte too: what should have been escaped and was not stands for itself
     * @throws IllegalArgumentException if the percent-encoding is broken
     */
    public static String decode(String encoded, boolean plusIsSpace) {
        if (encoded.indexOf('%') < 0 && !(plusIsSpace && encoded.indexOf('+') >= 0)) {
            return encoded;
        }
        StringBuilder bytes = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.append(escaped(encoded, i));
                i += 2;
            } else {
                bytes.append(plusIsSpace && c == '+' ? ' ' : c);
            }
        }
        return bytes.toString();
    }

    private static char escaped(String encoded, int percent) {
        boolean whole = percent + 2 < encoded.length();
        int high = whole ? Character.digit(encoded.charAt(percent + 1), 16) : -1;
        int low = whole ? Character.digit(encoded.charAt(percent + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new IllegalArgumentException("'" + shortened(encoded)
                    + "' has a percent sign that two hexadecimal digits do not follow");
        }
        return (char) (high * 16 + low);
    }

    /**
     * The ID for a name that an app gave itself, a character for each byte. White space, which no ID can hold, is
     * percent-encoded: so "Jane's phone" becomes {@code Jane's%20phone} and works.
     *
     * @throws IllegalArgumentException if there is nothing left, or it is longer than {@link #MAX_BYTES}
     */
    public static String fromApp(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && isSpace(name.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(name.charAt(to - 1))) {
            to--;
        }
        StringBuilder id = new StringBuilder();
        for (int i = from; i < to; i++) {
            char c = name.charAt(i);
            if (isSpace(c)) {
                escape(id, c);
            } else {
                id.append(c);
            }
        }
        if (id.isEmpty() || id.length() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the device's name must have 1 to " + MAX_BYTES + " bytes, not " + id.length());
        }
        return id.toString();
    }

    /** Whether it is white space to the herd; to Java more is. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** What was sent, a character for each byte, as text for a message. */
    public static String shortened(String bytes) {
        String text = shown(bytes);
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }

    /** Writes a byte percent-encoded. */
    public static void escape(StringBuilder to, char c) {
        to.append('%').append(HEX.toHexDigits((byte) c));
    }
}
