package dev.proxyherd.protocol;

import static dev.proxyherd.protocol.Parsing.heard;
import static dev.proxyherd.protocol.Parsing.location;
import static dev.proxyherd.protocol.Parsing.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
    private static final String LINE =
            "AT Alford +0.563873386 kiwi.cs.ucla.edu +34.068930-118.445127 1400794645.392014450";

    @Nested
    class Heard {
        private final Location location = heard(
                "Alford", 1_400_794_645_955_887_836L,
                "IAMAT kiwi.cs.ucla.edu +34.068930-118.445127 1400794645.392014450");

        @Test
        void hasTheAtLineOfTheWorkedExample() {
            assertThat(text(location.line())).isEqualTo(LINE + '\n');
            assertThat(location).hasToString(LINE);
        }

        @Test
        void knowsTheClientItsTimeAndItsPosition() {
            assertThat(location.client()).isEqualTo("kiwi.cs.ucla.edu");
            assertThat(location.timeNanos()).isEqualTo(1_400_794_645_392_014_450L);
            assertThat(location.position()).isEqualTo(new Position(34.068930, -118.445127));
        }

        @Test
        void copiesTheClientsFieldsExactlyAndNothingElse() {
            assertThat(heard("B", 0, "\tIAMAT\r k\u00FF\u0000 \f-00.50+0180.0 \u000B 07.0000000000009\r"))
                    .hasToString("AT B -7.000000000 k\u00FF\u0000 -00.50+0180.0 07.0000000000009");
        }

        @Test
        void knowsWhenItCame() {
            assertThat(location.arrivedNanos()).isEqualTo(1_400_794_645_955_887_836L);
        }

        @Test
        void weighsOneMoreForEvery256BytesOfIdAndLine() {
            assertThat(location.weight()).isEqualTo(1);
            int fixed = heard("A", 0, "IAMAT k +0+0 0").line().length - 1;
            assertThat(heard("A", 0, "IAMAT " + "k".repeat(127 - fixed / 2) + " +0+0 0").weight()).isEqualTo(1);
            assertThat(heard("A", 0, "IAMAT " + "k".repeat(128 - fixed / 2) + " +0+0 0").weight()).isEqualTo(2);
        }

        @Test
        void isShorterThanTheLimitOfLinksWhateverTheLongestClientLineHolds() {
            int room = 65_536 - "IAMAT  +0+0 9223372035".length();
            Location longest = heard("n".repeat(64), 0, "IAMAT " + "k".repeat(room) + " +0+0 9223372035");
            assertThat(longest.line().length - 1).isGreaterThan(65_536).isLessThanOrEqualTo(LinkMessage.MAX_LINE);
        }
    }

    @Nested
    class Gone {
        private static final long CLOCK = 1_400_794_645_955_887_836L;

        private Location gone(String client, long timeNanos) {
            return Location.gone(ServerName.of("Alford"), CLOCK, client, timeNanos);
        }

        @Test
        void hasAGoneLineWithoutAPosition() {
            Location location = gone("kiwi", 1_400_794_645_392_014_451L);
            assertThat(location).hasToString("GONE Alford +0.563873385 kiwi 1400794645.392014451");
            assertThat(text(location.line())).isEqualTo(location + "\n");
            assertThat(location.isGone()).isTrue();
            assertThat(location.client()).isEqualTo("kiwi");
            assertThat(location.timeNanos()).isEqualTo(1_400_794_645_392_014_451L);
            assertThat(location.skewNanos()).isEqualTo(563_873_385);
            assertThat(location.arrivedNanos()).isEqualTo(CLOCK);
            assertThat(location.weight()).isEqualTo(1);
            assertThatThrownBy(location::position).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(location::fields).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void staysSoInAStore() {
            Location location = gone("kiwi", 7).stored(SipHash.unkeyed());
            assertThat(location.isGone()).isTrue();
            assertThat(location).hasToString("GONE Alford +1400794645.955887829 kiwi 0.000000007");
        }

        @ParameterizedTest
        @ValueSource(strings = {"k", "kiwi.cs.ucla.edu", "k\u00FF\u0000"})
        void hasTheHashOfItsIdAndSoHasALocation(String id) {
            SipHash hash = new SipHash(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
            assertThat(gone(id, 7).idHash(hash)).isEqualTo(hash.of(id));
            assertThat(location(gone(id, 7).toString()).idHash(hash)).isEqualTo(hash.of(id));
            Location amid = location("AT A +0.000000000 " + id + " +34-118 7");
            assertThat(amid.idHash(hash)).isEqualTo(hash.of(id));
            assertThat(amid.stored(hash).idHash(hash)).isEqualTo(hash.of(id));
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 999_999_999, 1_000_000_000, 9_223_372_035_000_000_000L, Location.MAX_GONE_NANOS})
        void isReadAsItWasWritten(long timeNanos) {
            Location written = gone("k\u00FF\u0000", timeNanos);
            Location read = location(written.toString());
            assertThat(read).isNotNull();
            assertThat(read.line()).isEqualTo(written.line());
            assertThat(read.timeNanos()).isEqualTo(timeNanos);
            assertThat(read.isGone()).isTrue();
            assertThat(read.weight()).isEqualTo(written.weight());
        }

        @Test
        void isReadEvenFromAServerWhoseClockStandsAtTheEpoch() {
            Location written = Location.gone(ServerName.of("A"), 0, "kiwi", Location.MAX_GONE_NANOS);
            assertThat(written).hasToString("GONE A -9223372035.000000001 kiwi 9223372035.000000001");
            assertThat(location(written.toString())).isNotNull();
        }

        @Test
        void isShorterThanTheLimitOfLinksWhateverTheId() {
            Location longest = Location.gone(ServerName.of("n".repeat(64)), 0, "k".repeat(65_536),
                    Location.MAX_GONE_NANOS);
            assertThat(longest.line().length).isLessThanOrEqualTo(LinkMessage.MAX_LINE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a b", "a\n", "\u000B", "\u0100"})
        void isOfNothingThatIsNoId(String id) {
            assertThat(Location.isClient(id)).isFalse();
            assertThatThrownBy(() -> gone(id, 0)).isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"GONE", "GONE ", "GONE Alford", "GONE Alford +0.000000000", "GONE Alford +0.000000000 kiwi",
                    "GONE Alford +0.000000000 kiwi ", "GONE Alford +0.000000000 kiwi 7",
                    "GONE Alford +0.000000000 kiwi 7.00000000",
                    "GONE Alford +0.000000000 kiwi 7.0000000000", "GONE Alford +0.000000000 kiwi .000000000",
                    "GONE Alford +0.000000000 kiwi 7.000000000 ", "GONE Alford +0.000000000 kiwi -7.000000000",
                    "GONE Alford +0.000000000 kiwi +34-118 7.000000000", "gone Alford +0.000000000 kiwi 7.000000000",
                    "GONE Alford 0.000000000 kiwi 7.000000000", "GONE Al/ford +0.000000000 kiwi 7.000000000",
                    "GONE Alford +0.000000000  7.000000000", "GONE Alford +0.000000000 kiwi  7.000000000",
                    "GONE Alford +0.000000000 kiwi 7.000000000\r", "GONE Alford +0.000000000 kiwi 9223372035.000000002",
                    "GONE Alford +0.000000000 kiwi 9223372036.000000000", "AT Alford +0.000000000 kiwi 7.000000000",
                    "GONE Alford +0.000000000 kiwi 99999999999999999999.000000000"})
        void isNothingElse(String line) {
            assertThat(location(line)).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"GONE Alford +0.000000000 kiwi 7.000000000", "GONE kiwi", "GONE kiwi 7"})
        void isNoCommandOfAClients(String line) {
            Parsing.assertMalformed(line);
        }
    }

    @Nested
    class Parsed {
        @Test
        void isTheSameAsHeard() {
            for (long seed = 0; seed < 3_000; seed++) {
                RandomLines lines = new RandomLines(seed);
                if (Parsing.command(lines.iAmAt()) instanceof Command.IAmAt report) {
                    Location heard = Location.heard(ServerName.of("Al-f_0.d"),
                            new java.util.Random(seed).nextLong(1L << 61), report);
                    Location parsed = location(heard.toString());
                    assertThat(parsed).as("seed %d: %s", seed, heard).isNotNull();
                    assertThat(parsed.line()).as("seed %d", seed).isEqualTo(heard.line());
                    assertThat(parsed.client()).as("seed %d", seed).isEqualTo(heard.client());
                    assertThat(parsed.timeNanos()).as("seed %d", seed).isEqualTo(heard.timeNanos());
                    assertThat(parsed.position()).as("seed %d", seed).isEqualTo(heard.position());
                    assertThat(Location.wins(parsed, heard) || Location.wins(heard, parsed)).as("seed %d", seed)
                            .isFalse();
                }
            }
        }

        @Test
        void hasTheFingerprintOfItsLineAndItsEndOnceAStoreKeepsIt() {
            byte[] key = Parsing.bytes("sixteen key bytes");
            Location location = location(LINE);
            Location stored = location.stored(new SipHash(key));
            assertThat(stored.fingerprint()).isEqualTo(SipModel.hash(key, Parsing.bytes(LINE + '\n'), 1, 3));
            assertThat(stored).hasToString(LINE);
        }

        @Test
        void isNotTiedToTheBufferItWasReadFrom() {
            byte[] buffer = Parsing.bytes(LINE);
            Location location = Location.parse(buffer, 0, buffer.length, 0);
            java.util.Arrays.fill(buffer, (byte) 'x');
            assertThat(location).hasToString(LINE);
        }

        @ParameterizedTest
        @ValueSource(strings = {
            "", "AT", "AT ", "AT Alford", "AT Alford +0.000000000", "AT Alford +0.000000000 kiwi +34-118",
            "at Alford +0.000000000 kiwi +34-118 7",
            " AT Alford +0.000000000 kiwi +34-118 7",
            "AT Alford +0.000000000 kiwi +34-118 7 ",
            "AT Alford +0.000000000 kiwi +34-118 7\r",
            "AT Alford +0.000000000 kiwi +34-118 7 8",
            "AT  Alford +0.000000000 kiwi +34-118 7",
            "AT Alford  +0.000000000 kiwi +34-118 7",
            "AT Alford +0.000000000  kiwi +34-118 7",
            "AT Alford +0.000000000 kiwi  +34-118 7",
            "AT Alford +0.000000000 kiwi +34-118  7",
            "AT\tAlford +0.000000000 kiwi +34-118 7",
            "AT Alford\t+0.000000000 kiwi +34-118 7",
            "AT Alford +0.000000000\tkiwi +34-118 7",
            "AT Alford +0.000000000 kiwi\t+34-118 7",
            "AT Alford +0.000000000 kiwi +34-118\t7",
            "AT Al/ford +0.000000000 kiwi +34-118 7",
            "AT nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn +0.000000000 kiwi +34-118 7",
            "AT Alford 0.000000000 kiwi +34-118 7",
            "AT Alford +0.00000000 kiwi +34-118 7",
            "AT Alford +0.000000000 kiwi 34-118 7",
            "AT Alford +0.000000000 kiwi +34-181 7",
            "AT Alford +0.000000000 kiwi +34-118 -7",
            "AT Alford +0.000000000 kiwi +34-118 9223372036"})
        void isNullForWhatIsNoAtLine(String line) {
            assertThat(location(line)).isNull();
        }

        @Test
        void isNullOrTheLineItselfForAnythingAndNeverThrows() {
            int locations = 0;
            for (long seed = 0; seed < 40_000; seed++) {
                RandomLines lines = new RandomLines(seed);
                String line = switch ((int) (seed % 4)) {
                    case 0 -> lines.garbage();
                    case 1 -> lines.mutated(lines.goneLine());
                    default -> lines.mutated(lines.atLine());
                };
                Location location = location(line);
                if (location != null) {
                    locations++;
                    assertThat(text(location.line())).as("seed %d", seed).isEqualTo(line + '\n');
                }
            }
            assertThat(locations).as("some mutations leave an AT line").isGreaterThan(1_000);
        }
    }
}
