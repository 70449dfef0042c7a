package dev.proxyherd.link.handshake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * PBKDF2 with HMAC-SHA-256 (RFC 8018), one block of it. The JDK's own takes characters, and a secret may be any bytes.
 */
final class Pbkdf2 {
    static final String ALGORITHM = "HmacSHA256";

    private Pbkdf2() {
    }

    /** @return 32 bytes */
    static byte[] derive(byte[] password, String salt, int rounds) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(password, ALGORITHM));
            mac.update(salt.getBytes(StandardCharsets.US_ASCII));
            byte[] round = mac.doFinal(new byte[] {0, 0, 0, 1});
            byte[] block = round.clone();
            for (int i = 1; i < rounds; i++) {
                mac.update(round);
                mac.doFinal(round, 0);
                for (int k = 0; k < block.length; k++) {
                    block[k] ^= round[k];
                }
            }
            return block;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
