package dev.proxyherd.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final String TEXT = "correct horse battery staple";

    private static String proof(Secret secret) {
        return secret.proof("role", "Alford", "Welsh", "01", "02");
    }

    @Test
    void provesItselfByHmacSha256OverTheWholeHandshake() {
        // printf 'herd\nrole\nAlford\nWelsh\n01\n02' | openssl dgst -sha256 -hmac 'correct horse battery staple'
        assertThat(proof(Secret.of(TEXT)))
                .isEqualTo("115a54bdd4c2cdacf6e41347240e52304a4af7408134f139216c45d5ba299495");
    }

    @Test
    void givesAnotherProofForAnotherSecretRoleNameOrNonce() {
        Secret secret = Secret.of(TEXT);
        Set<String> proofs = new HashSet<>();
        proofs.add(proof(secret));
        proofs.add(proof(Secret.of(TEXT + '!')));
        proofs.add(secret.proof("other", "Alford", "Welsh", "01", "02"));
        proofs.add(secret.proof("role", "Welsh", "Alford", "01", "02"));
        proofs.add(secret.proof("role", "Alford", "Parker", "01", "02"));
        proofs.add(secret.proof("role", "Bolden", "Welsh", "01", "02"));
        proofs.add(secret.proof("role", "Alford", "Welsh", "02", "01"));
        proofs.add(secret.proof("role", "Alford", "Welsh", "0", "102"));
        proofs.add(secret.proof("role", "Alford", "Welsh", "010", "2"));
        assertThat(proofs).hasSize(9);
    }

    @Test
    void doesNotCountWhiteSpaceAroundIt() {
        assertThat(proof(Secret.of(" \t" + TEXT + "\r\n"))).isEqualTo(proof(Secret.of(TEXT)));
    }

    @Test
    void mayBeAnyBytes() {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) 0xC3);
        String proof = Secret.of(bytes).proof("role", "a", "b", "1", "2");
        bytes[31] = (byte) 0xFF;
        assertThat(Secret.of(bytes).proof("role", "a", "b", "1", "2")).isNotEqualTo(proof);
    }

    @Test
    void isTheSameAsTextAndAsItsBytes() {
        String text = "\u00e4 secret of sixteen bytes\n";
        assertThat(Secret.of(text.getBytes(StandardCharsets.UTF_8)).proof("role", "a", "b", "1", "2"))
                .isEqualTo(Secret.of(text).proof("role", "a", "b", "1", "2"));
    }

    @Test
    void isRefusedBelowSixteenBytesWithoutBeingRepeated() {
        String tooShort = "fifteen-bytes-x";
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(tooShort + "\n"))
                .withMessage("the secret has 15 bytes; it needs at least 16");
        assertThat(proof(Secret.of(tooShort + "y"))).isNotEmpty();
        assertThat(proof(Secret.of("\u00E9".repeat(8)))).as("bytes count, not characters").isNotEmpty();
    }

    @Test
    void showsItselfNowhere() {
        assertThat(Secret.of(TEXT).toString()).doesNotContain("horse");
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
