package dev.proxyherd.link.handshake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What all servers of a herd know and nobody else. It proves itself by HMAC-SHA-256 (RFC 2104) and shows itself nowhere.
 *
 * <p>64 hexadecimal digits are the key itself; from anything else it is derived, which takes a while: {@link #deriveSoon}
 * does it beside other work, and what needs the key waits for it. Any threads.
 */
public final class Secret {
    /** A shorter secret could be guessed; in bytes. */
    static final int MIN_LENGTH = 16;

    private static final Pattern KEY = Pattern.compile("[0-9A-Fa-f]{64}");

    /** Runs once, on the thread of whoever comes first. */
    private final FutureTask<byte[]> key;

    private Secret(Callable<byte[]> key) {
        this.key = new FutureTask<>(key);
    }

    /**
     * @param text the secret; white space around it does not count
     * @throws IllegalArgumentException if it is shorter than {@link #MIN_LENGTH} bytes; the message does not repeat it
     */
    public static Secret of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8), Passphrase::key);
    }

    /**
     * @param content the secret, text or not; white space around it does not count
     * @param derivation gives the key of a secret that is none itself, at the latest when it is needed
     * @throws IllegalArgumentException if it is shorter than {@link #MIN_LENGTH} bytes; the message does not repeat it
     */
    public static Secret of(byte[] content, Function<Passphrase, byte[]> derivation) {
        String text = new String(content, StandardCharsets.ISO_8859_1).strip();
        if (text.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "the secret has " + text.length() + " bytes; it needs at least " + MIN_LENGTH);
        }
        if (KEY.matcher(text).matches()) {
            return new Secret(() -> HexFormat.of().parseHex(text));
        }
        Passphrase passphrase = new Passphrase(text.getBytes(StandardCharsets.ISO_8859_1));
        return new Secret(() -> derivation.apply(passphrase));
    }

    /** Has the key derived on a thread of its own. */
    public void deriveSoon() {
        Thread.ofPlatform().daemon().name("secret").start(key);
    }

    /** Waits until the key is there: what has little time later calls this first. */
    void awaitKey() {
        key();
    }

    private byte[] key() {
        // Where it runs already this returns at once, and where it has ended.
        key.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return key.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("no key can be derived from the secret", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * A key for another purpose, which tells nothing of the secret: HMAC-SHA-256 of {@code herd key} and the label.
     *
     * @param label what the key is for, ASCII
     * @return 32 bytes
     */
    public byte[] derive(String label) {
        return mac(key(), ("herd key " + label).getBytes(StandardCharsets.US_ASCII));
    }

    /** The proof that whoever sends it holds the secret; {@link Transcript} says what it covers. */
    String proof(String claim) {
        return HexFormat.of().formatHex(mac(key(), claim.getBytes(StandardCharsets.US_ASCII)));
    }

    static byte[] mac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(Pbkdf2.ALGORITHM);
            mac.init(new SecretKeySpec(key, Pbkdf2.ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + Pbkdf2.ALGORITHM, e);
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
