package dev.proxyherd.fences.hooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key by which receivers see that a message is this herd's, as Standard Webhooks has it. Immutable. */
public final class HookKey {
    /** What a herd's own key is derived for from its secret. */
    public static final String LABEL = "webhooks";

    private static final String PREFIX = "whsec_";
    private static final String HMAC = "HmacSHA256";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private final byte[] key;

    /** @param key 24 to 64 bytes */
    public HookKey(byte[] key) {
        if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
            throw new IllegalArgumentException("a webhook's key has " + MIN_BYTES + " to " + MAX_BYTES + " bytes, not "
                    + key.length);
        }
        this.key = key.clone();
    }

    /**
     * The key in its usual form.
     *
     * @throws IllegalArgumentException if it is none; the message, to follow on what it is called, says what it must be
     */
    public static HookKey parse(String text) {
        try {
            if (text.startsWith(PREFIX)) {
                return new HookKey(Base64.getDecoder().decode(text.substring(PREFIX.length())));
            }
        } catch (IllegalArgumentException e) {
            // As below.
        }
        throw new IllegalArgumentException(
                "must be " + PREFIX + " and the Base64 of " + MIN_BYTES + " to "
                        + MAX_BYTES + " bytes: make one with  echo " + PREFIX + "$(openssl rand -base64 32)");
    }

    /** The header {@code webhook-signature} of one try to deliver a message. */
    String signature(String id, long timestampSeconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update((id + '.' + timestampSeconds + '.').getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + HMAC, e);
        }
    }

    /** The usual form, for whoever sets up a receiver; secret. */
    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }
}
