package dev.proxyherd.protocol;

import java.util.Arrays;

/** A server's name: 1 to 64 of {@code A–Z a–z 0–9 . _ -}. */
public final class ServerName implements Comparable<ServerName> {
    /** The longest name, in bytes. */
    public static final int MAX_LENGTH = 64;

    private final String text;
    private final byte[] bytes;

    private ServerName(String text, byte[] bytes) {
        this.text = text;
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException if {@code text} is no server name; {@link #isName(String)} tells beforehand */
    public static ServerName of(String text) {
        byte[] bytes = Ascii.bytes(text);
        if (!isName(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no server name: 1 to 64 of A-Z a-z 0-9 . _ - are");
        }
        return new ServerName(text, bytes);
    }

    /** Whether {@code text} is a server name. */
    public static boolean isName(String text) {
        byte[] bytes = Ascii.bytes(text);
        return end(bytes, 0, bytes.length) == bytes.length && Ascii.string(bytes, 0, bytes.length).equals(text);
    }

    /** Where the name that starts at {@code from} ends, or {@link Ascii#NONE} if there is none. */
    static int end(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && isAllowed(bytes[end])) {
            end++;
        }
        return end > from && end - from <= MAX_LENGTH ? end : Ascii.NONE;
    }

    private static boolean isAllowed(byte b) {
        return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || Ascii.isDigit(b) || b == '.' || b == '_' || b == '-';
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public int compareTo(ServerName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerName name && name.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
