package dev.proxyherd.link.handshake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What all servers of a herd know and nobody else. It proves itself by HMAC-SHA-256 (RFC 2104) and shows itself nowhere.
 */
public final class Secret {
    /** A shorter secret could be guessed; in bytes. */
    static final int MIN_LENGTH = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private Secret(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * @param text the secret; white space around it does not count
     * @throws IllegalArgumentException if it is shorter than {@link #MIN_LENGTH} bytes; the message does not repeat it
     */
    public static Secret of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param content the secret, text or not; white space around it does not count
     * @throws IllegalArgumentException if it is shorter than {@link #MIN_LENGTH} bytes; the message does not repeat it
     */
    public static Secret of(byte[] content) {
        byte[] bytes = new String(content, StandardCharsets.ISO_8859_1).strip().getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "the secret has " + bytes.length + " bytes; it needs at least " + MIN_LENGTH);
        }
        return new Secret(new SecretKeySpec(bytes, ALGORITHM));
    }

    /**
     * The proof that whoever sends it holds the secret, for one role in one handshake. The role keeps one end from
     * sending the other's proof back; both nonces are fresh, so no proof is good twice.
     */
    String proof(String role, String from, String to, String dialNonce, String acceptNonce) {
        return HexFormat.of().formatHex(mac(String.join("\n", "herd", role, from, to, dialNonce, acceptNonce)));
    }

    /**
     * A key for another purpose, which tells nothing of the secret: HMAC-SHA-256 of {@code herd key} and the label.
     *
     * @param label what the key is for, ASCII
     * @return 32 bytes
     */
    public byte[] derive(String label) {
        return mac("herd key " + label);
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Whether two proofs are the same, in a time that does not tell how much of them is. */
    static boolean matches(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
