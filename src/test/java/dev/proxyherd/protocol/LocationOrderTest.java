package dev.proxyherd.protocol;

import static dev.proxyherd.protocol.RandomLocations.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationOrderTest {
    /** The order as the page words it, from the fields of the line. */
    private static final Comparator<Location> BEST_FIRST = Comparator
            .comparing(LocationOrderTest::nanos).reversed()
            .thenComparing(location -> field(location, 0), Comparator.reverseOrder())
            .thenComparing(location -> new BigDecimal(field(location, 2)))
            .thenComparing(location -> Parsing.bytes(field(location, 1)), Arrays::compareUnsigned)
            .thenComparing(location -> Parsing.bytes(location.toString()), Arrays::compareUnsigned);

    private static String field(Location location, int index) {
        return location.toString().split(" ")[index];
    }

    private static BigDecimal nanos(Location location) {
        return new BigDecimal(field(location, field(location, 0).equals("GONE") ? 4 : 5)).movePointRight(9).setScale(0,
                RoundingMode.DOWN);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "AT A +9.000000000 k +1+1 8,   AT A +0.000000000 k +1+1 7,            the newer client time",
        "AT A +9.000000000 k +1+1 10,  AT A +0.000000000 k +1+1 9,            times are numbers and not text",
        "AT A +9.000000000 k +1+1 7.000000001, AT A +0.000000000 k +1+1 7,    a nanosecond counts",
        "AT A +1.000000000 k +1+1 7,   AT A +2.000000000 k +1+1 7,            the smaller skew at equal times",
        "AT A -3.000000000 k +1+1 7,   AT A +2.000000000 k +1+1 7,            a negative skew is smaller",
        "AT A -3.000000000 k +1+1 7,   AT A -2.000000000 k +1+1 7,            skews are numbers with signs",
        "AT A +2.000000000 k +1+1 7,   AT A +12.000000000 k +1+1 7,           skews are numbers and not text",
        "AT B +1.000000000 k +1+1 7.0000000001, AT A +2.000000000 k +1+1 7.0000000009, digits past the ninth do not order",
        "AT A +1.000000000 k +2+2 7,   AT B +1.000000000 k +1+1 7,            the smaller server name",
        "AT A +1.000000000 k +2+2 7,   AT A. +1.000000000 k +1+1 7,           a name before its own continuation",
        "AT Z +1.000000000 k +2+2 7,   AT a +1.000000000 k +1+1 7,            names by their bytes",
        "AT A +1.000000000 k +1+1 7,   AT A +1.000000000 k +2+2 7,            the smaller line",
        "AT A +1.000000000 k +1+1 7,   AT A +1.000000000 k +1+1 7.0,          a line before its own continuation",
        "AT A +0.000000000 k +1+1 7,   AT A -0.000000000 k +1+1 7,            zero has no sign in the order of skews",
        "GONE Z +9.000000000 k 7.000000000, AT A +1.000000000 k +1+1 7,       GONE before AT at equal times",
        "GONE Z +9.000000000 k 7.000000000, AT A +1.000000000 k +1+1 7.0000000009, by their nanoseconds",
        "AT A +9.000000000 k +1+1 7.000000001, GONE A +0.000000000 k 7.000000000,  a later report begins anew",
        "GONE A +0.000000000 k 9223372035.000000001, AT A -9.000000000 k +1+1 9223372035, GONE past the newest report",
        "GONE A +1.000000000 k 7.000000000, GONE A +2.000000000 k 7.000000000, the smaller skew of two GONE",
        "GONE A +1.000000000 k 7.000000000, GONE B +1.000000000 k 7.000000000, the smaller server name of two GONE",
        "GONE A +1.000000000 k 07.000000000, GONE A +1.000000000 k 7.000000000, the smaller line of two GONE"})
    void winsBy(String winner, String loser, String why) {
        assertThat(Location.wins(at(winner), at(loser))).isTrue();
        assertThat(Location.wins(at(loser), at(winner))).isFalse();
        assertThat(Location.newest(at(loser), at(winner))).hasToString(winner);
    }

    @Test
    void comparesLinesAsUnsignedBytes() {
        assertThat(Location.wins(at("AT A +1.000000000 \u007F +1+1 7"), at("AT A +1.000000000 \u0080 +1+1 7")))
                .isTrue();
        assertThat(Location.wins(at("AT A +1.000000000 \u00FF +1+1 7"), at("AT A +1.000000000 k +1+1 7"))).isFalse();
    }

    @Nested
    class OnSeededRandomLocations {
        private static final int SEEDS = 30;

        @Test
        void isTheOrderOfThePage() {
            forAllPairs((a, b, seed) -> assertThat(Location.wins(a, b))
                    .as("seed %s: %s wins against %s", seed, a, b).isEqualTo(BEST_FIRST.compare(a, b) < 0));
        }

        @Test
        void isAntisymmetricAndTotalOnDistinctLines() {
            forAllPairs((a, b, seed) -> {
                boolean same = a.toString().equals(b.toString());
                assertThat(Location.wins(a, b) != Location.wins(b, a)).as("seed %s: %s, %s", seed, a, b)
                        .isEqualTo(!same);
            });
        }

        @Test
        void isTransitive() {
            for (long seed = 0; seed < SEEDS; seed++) {
                List<Location> some = new RandomLocations(seed).history(25, 1);
                for (Location a : some) {
                    for (Location b : some) {
                        for (Location c : some) {
                            if (Location.wins(a, b) && Location.wins(b, c)) {
                                assertThat(Location.wins(a, c)).as("seed %s: %s, %s, %s", seed, a, b, c).isTrue();
                            }
                        }
                    }
                }
            }
        }

        @Test
        void makesAMergeThatIsAssociativeCommutativeAndIdempotent() {
            for (long seed = 0; seed < 3_000; seed++) {
                RandomLocations random = new RandomLocations(seed);
                Location a = random.next("kiwi");
                Location b = random.next("kiwi");
                Location c = random.next("kiwi");
                assertSame(seed, Location.newest(Location.newest(a, b), c), Location.newest(a, Location.newest(b, c)));
                assertSame(seed, Location.newest(a, b), Location.newest(b, a));
                assertSame(seed, Location.newest(a, a), a);
            }
        }

        private void assertSame(long seed, Location one, Location other) {
            assertThat(one.line()).as("seed %d", seed).isEqualTo(other.line());
        }

        private void forAllPairs(PairCheck check) {
            for (long seed = 0; seed < SEEDS; seed++) {
                List<Location> some = new RandomLocations(seed).history(30, 1);
                for (Location a : some) {
                    for (Location b : some) {
                        check.check(a, b, seed);
                    }
                }
            }
        }
    }

    private interface PairCheck {
        void check(Location a, Location b, long seed);
    }
}
