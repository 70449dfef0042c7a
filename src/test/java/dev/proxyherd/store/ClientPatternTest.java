package dev.proxyherd.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientPatternTest {
    @ParameterizedTest
    @CsvSource({"kiwi,kiwi,true", "kiwi,kiwis,false", "kiwi,Kiwi,false", "k*,kiwi,true", "k*,k,true", "*,x,true",
        "*wi,kiwi,true", "k?wi,kiwi,true", "k?wi,kwi,false", "*i*i,kiwi,true", "*a*,kiwi,false", "a.c,abc,false",
        "[a],a,false", "k**i,kiwi,true", "?*,x,true"})
    void standsForIdsAsAShellsDo(String pattern, String client, boolean matches) {
        assertThat(new ClientPattern(pattern).matches(client)).isEqualTo(matches);
    }

    @Test
    void isWhatARegularExpressionSays() {
        for (long seed = 0; seed < 50_000; seed++) {
            Random random = new Random(seed);
            String pattern = text(random, "ab*?");
            String client = text(random, "ab");
            Pattern expected =
                    Pattern.compile(pattern.chars().mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : "" + (char) c)
                            .collect(Collectors.joining()));
            assertThat(new ClientPattern(pattern).matches(client)).as("seed %d: %s, %s", seed, pattern, client)
                    .isEqualTo(expected.matcher(client).matches());
        }
    }

    @Test
    void takesNoLongTimeHoweverManyStarsItHas() {
        long start = System.nanoTime();
        assertThat(new ClientPattern("*a".repeat(2_000) + "b").matches("a".repeat(4_000))).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    private static String text(Random random, String of) {
        return random.ints(random.nextInt(7), 0, of.length()).mapToObj(i -> of.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
