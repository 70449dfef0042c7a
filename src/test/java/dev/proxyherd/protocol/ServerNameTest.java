package dev.proxyherd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"A", "Alford", "a-b_c.d", "0", ".", "-", "_",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._"})
    void isOneToSixtyFourLettersDigitsDotsUnderscoresAndHyphens(String name) {
        assertThat(ServerName.isName(name)).isTrue();
        assertThat(ServerName.of(name)).hasToString(name);
    }

    @Test
    void mayHaveSixtyFourBytesAndNoMore() {
        assertThat(ServerName.isName("n".repeat(64))).isTrue();
        assertThat(ServerName.isName("n".repeat(65))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Al ford", "Alford ", "Alford\n", "Al/ford", "Al=ford", "Alford:1", "\u00C9lford",
        "\u0101", "A\0",
        "\u0141ford", "Al+ford", "@", "[", "`", "{"})
    void isNothingElse(String name) {
        assertThat(ServerName.isName(name)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> ServerName.of(name)).withMessageContaining("1 to 64");
    }

    @Test
    void isOrderedByBytes() {
        assertThat(ServerName.of("Welsh")).isLessThan(ServerName.of("alford"));
        assertThat(ServerName.of("Alford")).isLessThan(ServerName.of("Alford1"));
        assertThat(ServerName.of("Alford")).isEqualByComparingTo(ServerName.of("Alford"));
    }

    @Test
    void isEqualToTheSameName() {
        assertThat(ServerName.of("Alford")).isEqualTo(ServerName.of("Alford"))
                .hasSameHashCodeAs(ServerName.of("Alford"))
                .isNotEqualTo(ServerName.of("alford"));
    }
}
