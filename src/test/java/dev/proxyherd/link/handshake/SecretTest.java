package dev.proxyherd.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final String KEY = "00112233445566778899aabbccddeeff".repeat(2);
    private static final String TEXT = "correct horse battery staple";

    /** Derives nothing: the secret's bytes stand for the key, so no test takes the time of a derivation. */
    private static Secret plain(byte[] content) {
        return Secret.of(content, passphrase -> passphrase.check(new byte[32]));
    }

    private static Secret plain(String text) {
        return plain(text.getBytes(StandardCharsets.UTF_8));
    }

    @Nested
    class AKey {
        @Test
        void provesItselfByHmacSha256() {
            // printf 'a claim' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0011...
            assertThat(Secret.of(KEY).proof("a claim"))
                    .isEqualTo("8615e09055a1b628b56001b886beb5f74dbf53e908174aa837446b03d3ab709c");
        }

        @Test
        void isTheSameInCapitalsAndWithWhiteSpaceAround() {
            assertThat(Secret.of(" \t" + KEY.toUpperCase(Locale.ROOT) + "\r\n").proof("a claim"))
                    .isEqualTo(Secret.of(KEY).proof("a claim"));
        }

        @Test
        void givesOtherKeysForOtherPurposes() {
            assertThat(HexFormat.of().formatHex(Secret.of(KEY).derive("locations")))
                    .isEqualTo("f5d563b0959e3675fc40db327207bbe2fcf8f020f4894170a80057fc9a46f04e");
            assertThat(Secret.of(KEY).derive("other")).hasSize(32).isNotEqualTo(Secret.of(KEY).derive("locations"));
        }
    }

    @Nested
    class APassphrase {
        @Test
        void isMadeAKeyAtTheCostThatIsAdvised() {
            // hashlib.pbkdf2_hmac('sha256', b'correct horse ...', b'proxy herd: the key of the links', 600000)
            Secret derived = Secret.of(TEXT);
            assertThat(derived.proof("a claim"))
                    .isEqualTo("e6111be6e0f13e429094f83d7b82ae3d59e38c2e607c6d3e44d171830e85f115");
        }

        @Test
        void isDerivedAsTheJdkDoes() throws GeneralSecurityException {
            byte[] expected = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(TEXT.toCharArray(), "salt".getBytes(StandardCharsets.US_ASCII), 1000,
                            256))
                    .getEncoded();
            assertThat(Pbkdf2.derive(TEXT.getBytes(StandardCharsets.US_ASCII), "salt", 1000)).isEqualTo(expected);
            // RFC 7914, section 11.
            assertThat(Pbkdf2.derive("passwd".getBytes(StandardCharsets.US_ASCII), "salt", 1))
                    .asHexString().startsWithIgnoringCase("55ac046e56e3089fec1691c22544b605");
        }

        @Test
        void isDerivedOnceHoweverManyNeedItAtOnce() throws InterruptedException {
            AtomicInteger derived = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(1);
            Secret secret = Secret.of(TEXT.getBytes(StandardCharsets.UTF_8), passphrase -> {
                derived.incrementAndGet();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new byte[32];
            });
            secret.deriveSoon();
            Thread one = Thread.ofVirtual().start(() -> secret.proof("a claim"));
            Thread other = Thread.ofVirtual().start(() -> secret.derive("a label"));
            go.countDown();
            one.join();
            other.join();
            assertThat(secret.proof("a claim")).isEqualTo(HexFormat.of()
                    .formatHex(Secret.mac(new byte[32], "a claim".getBytes(StandardCharsets.US_ASCII))));
            assertThat(derived).hasValue(1);
        }

        @Test
        void mayBeAnyBytes() {
            byte[] bytes = new byte[32];
            Arrays.fill(bytes, (byte) 0xC3);
            String proof = plain(bytes).proof("a claim");
            bytes[31] = (byte) 0xFF;
            assertThat(plain(bytes).proof("a claim")).isNotEqualTo(proof);
        }

        @Test
        void doesNotCountWhiteSpaceAroundIt() {
            assertThat(plain(" \t" + TEXT + "\r\n").proof("a claim")).isEqualTo(plain(TEXT).proof("a claim"));
        }

        @Test
        void isAnythingButSixtyFourDigits() {
            assertThat(plain(KEY).proof("a claim")).isEqualTo(Secret.of(KEY).proof("a claim"));
            for (String other : new String[] {KEY + "0", KEY.substring(1), KEY.substring(1) + "g"}) {
                AtomicInteger derived = new AtomicInteger();
                Secret.of(other.getBytes(StandardCharsets.US_ASCII), passphrase -> {
                    derived.incrementAndGet();
                    return new byte[32];
                }).awaitKey();
                assertThat(derived).as(other).hasValue(1);
            }
        }
    }

    @Test
    void isRefusedBelowSixteenBytesWithoutBeingRepeated() {
        String tooShort = "fifteen-bytes-x";
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(tooShort + "\n"))
                .withMessage("the secret has 15 bytes; it needs at least 16");
        assertThat(plain(tooShort + "y").proof("a claim")).isNotEmpty();
        assertThat(plain("\u00E9".repeat(8)).proof("a claim")).as("bytes count, not characters").isNotEmpty();
    }

    @Test
    void showsItselfNowhere() {
        assertThat(Secret.of(TEXT).toString()).doesNotContain("horse");
        assertThat(new Passphrase(TEXT.getBytes(StandardCharsets.UTF_8)).toString()).doesNotContain("horse");
    }

    @Test
    void matchesOnlyTheSameProof() {
        assertThat(Secret.matches("abc", "abc")).isTrue();
        assertThat(Secret.matches("abc", "abd")).isFalse();
        assertThat(Secret.matches("abc", "ab")).isFalse();
        assertThat(Secret.matches("abc", "")).isFalse();
        assertThat(Secret.matches("abc", "abcd")).isFalse();
    }
}
