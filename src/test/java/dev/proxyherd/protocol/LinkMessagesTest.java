package dev.proxyherd.protocol;

import static dev.proxyherd.protocol.Parsing.bytes;
import static dev.proxyherd.protocol.Parsing.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkMessagesTest {
    private static final String AT_LINE = "AT Alford +0.563873386 kiwi +34.068930-118.445127 1400794645.392014450";

    private static final HelloValues VALUES =
            HelloValues.NONE.with("abilities", "one,two").with("empty", "").with("sum", "1+1=2");

    private static LinkMessage parse(String line) {
        byte[] buffer = bytes("9" + line + "9");
        return LinkMessages.parse(buffer, 1, buffer.length - 1, 0);
    }

    @Nested
    class AMessage {
        static LinkMessage[] messages() {
            return new LinkMessage[] {
                new LinkMessage.Hello(List.of(2), LinkMessage.Role.LINK, "Alford", "Welsh", "0123456789abcdef", VALUES),
                new LinkMessage.Hello(List.of(2, 3), LinkMessage.Role.STATUS, "status", "Welsh", "0123456789abcdef",
                        HelloValues.NONE),
                new LinkMessage.Hello(List.of(2), LinkMessage.Role.CHANGE, "status", "Welsh", "00", VALUES),
                new LinkMessage.Hello(List.of(999_999), LinkMessage.Role.LINK, "A.b_c-d", "n".repeat(64),
                        "f".repeat(128), VALUES),
                new LinkMessage.Challenge(2, "0a", HelloValues.NONE),
                new LinkMessage.Challenge(2, "0a", VALUES),
                new LinkMessage.Denial("0a", "another server called Welsh, not you"),
                new LinkMessage.Welcome("0a", VALUES),
                new LinkMessage.Proof("c2".repeat(32)),
                new LinkMessage.Welcome("0a", HelloValues.NONE),
                new LinkMessage.Refusal("Alford is no neighbour of Welsh, not here"),
                new LinkMessage.Heartbeat(0, 1_400_794_645_392_014_450L),
                new LinkMessage.Heartbeat(-1, -1),
                new LinkMessage.Space(0, 1_000_000),
                new LinkMessage.Space(Integer.MAX_VALUE, 0),
                new LinkMessage.Seen(0),
                new LinkMessage.Seen(8_999_999_999_999_999_999L),
                new LinkMessage.Namesake("[::1]:12000"),
                new LinkMessage.DigestsWanted(),
                new LinkMessage.Digests(Cutoffs.NONE, new long[0]),
                new LinkMessage.Digests(new Cutoffs(8_999_999_999_999_999_999L, 7),
                        new long[] {0, -1, 0x0123456789ABCDEFL}),
                new LinkMessage.EntriesWanted(2047),
                new LinkMessage.EntriesWanted(999_999),
                new LinkMessage.Entries(0, true, new long[0]),
                new LinkMessage.Entries(2047, false, new long[] {-1, 0xFEDCBA9876543210L}),
                new LinkMessage.HeldWanted(2047),
                new LinkMessage.Held(0, true, new long[0]),
                new LinkMessage.Held(2047, false, new long[] {-1, 0xFEDCBA9876543210L}),
                new LinkMessage.StatusWanted(new Cutoffs(0, 8_999_999_999_999_999_999L)),
                new LinkMessage.TraceWanted("k\u00ffwi"),
                new LinkMessage.ClientsWanted("k*\u00ff?"),
                new LinkMessage.Forget("k\u00ffwi", 0),
                new LinkMessage.Forget("kiwi", Location.MAX_GONE_NANOS)};
        }

        @ParameterizedTest
        @MethodSource("messages")
        void isReadBackAsItWasWritten(LinkMessage message) {
            String line = text(LinkMessages.write(message));
            assertThat(line).endsWith("\n").containsOnlyOnce("\n");
            assertThat(parse(line.substring(0, line.length() - 1)))
                    .usingRecursiveComparison().withStrictTypeChecking().isEqualTo(message);
        }

        @Test
        void thatTellsThatAClientWasForgottenIsTheGoneLineUnchanged() {
            String line = "GONE Alford +0.563873385 kiwi.cs.ucla.edu 1400794645.392014451";
            assertThat(text(LinkMessages.write(new LinkMessage.At(RandomLocations.at(line))))).isEqualTo(line + '\n');
            assertThat(parse(line)).isInstanceOfSatisfying(LinkMessage.At.class, at -> {
                assertThat(at.location()).hasToString(line);
                assertThat(at.location().isGone()).isTrue();
            });
        }

        @Test
        void thatTellsALocationIsItsAtLineUnchanged() {
            Location location = RandomLocations.at(AT_LINE);
            assertThat(text(LinkMessages.write(new LinkMessage.At(location)))).isEqualTo(AT_LINE + '\n');
            assertThat(parse(AT_LINE)).isInstanceOfSatisfying(
                    LinkMessage.At.class, at -> assertThat(at.location()).hasToString(AT_LINE));
        }
    }

    @Nested
    class Junk {
        @ParameterizedTest
        @ValueSource(strings = {"", " ", "BEAT ", " BEAT", "BEAT\r", "beat", "BEATS", "WELCOME", "WELCOME ",
            "WELCOME 0a ", "WELCOME 0a b",
            "WELCOME 0a b=c b=d", "DENIED", "DENIED 0a", "DENIED 0a ", "DENIED no reason", "DENIED 0a \u001B[31m",
            "REFUSED", "REFUSED ",
            "REFUSED \u001B[31mby none", "REFUSED \u009B31m", "PROOF",
            "PROOF ", "PROOF xyz", "PROOF AB", "PROOF ab cd", "HERD", "HERD ", "HERD 2", "HERD 2 ", "HERD 2 LINK",
            "HERD 2 LINK Alford Welsh", "HERD 2 LINK Alford Welsh xyz", "HERD 2 LINK Alford Wel/sh ab",
            "HERD 2 LINK Alford Welsh ab cd", "HERD 2 LINK Alford Welsh ab ", "HERD 2 LINK Alford Welsh ab =c",
            "HERD 2 LINK Alford Welsh ab b=c  d=e", "HERD 2 LINK Alford Welsh ab b=c b=c",
            "HERD 2 LINK Alford Welsh ab b=\u00e4", "HERD 2 LINK Alford Welsh ab b=c ", "HERD 2, LINK Alford Welsh ab",
            "HERD 2,,3 LINK Alford Welsh ab", "HERD 2,03 LINK Alford Welsh ab", "HERD 2 ADMIN Alford Welsh ab",
            "SEEN", "SEEN ", "SEEN x", "SEEN -1", "SEEN 1 ", "SEEN 1 2", "SEEN  1", "SEEN 9000000000000000000",
            "BEAT", "BEAT 0", "BEAT 000000000000000", "BEAT 00000000000000000", "BEAT 0000000000000000",
            "BEAT 0000000000000000 0000000000000000 0000000000000000",
            "ROOM", "ROOM 1", "ROOM 1 ", "ROOM 1 2 3", "ROOM -1 2", "ROOM 1  2", "ROOM 1 9999999999999999999",
            "HELD?", "HELD? x", "HELD 1", "HELD 1 *", "HELD 1 . 0123456789abcdef", "HELD 1000000 .", "HELD? 1 2",
            "NAMESAKE", "NAMESAKE ", "NAMESAKE a b", "NAMESAKE \u001B[31m",
            "DIGESTS", "DIGESTS 0", "DIGESTS 0 0 zz", "DIGESTS 0 zz", "DIGESTS? 1", "ENTRIES?", "ENTRIES? x",
            "ENTRIES? -1", "ENTRIES? 1 2",
            "ENTRIES 1",
            "DIGESTS x", "DIGESTS 0 0123456789abcde", "ENTRIES 1 ", "ENTRIES 1.", "ENTRIES 1 -",
            "ENTRIES 1 .0123456789abcdef",
            "ENTRIES x .", "ENTRIES 1000000 .", "ENTRIES? 1000000", "STATUS? ", "STATUS?1", "ENTRIES 1 *",
            "ENTRIES 1 . 12", "ENTRIES 1 . ", "ENTRIES 1 .  AAAAAAAAAAE=", "ENTRIES 1 . AAAAAAAAAAE= ",
            "ENTRIES 1 . AAAAAAAAAAE= AAAAAAAAAAE=", "ENTRIES 1 . AAAAAAAAAA-=", "ENTRIES 1 . AAAAAAAAAAAA",
            "ENTRIES 2147483648 .", "ENTRIES? 2147483648", "HERD 2 cows", "STATUS?",
            "STATUS? 0", "STATUS? 0 9999999999999999999", "STATUS? 9999999999999999999 0",
            "STATUS? 99999999999999999999 0",
            "TRACE?", "TRACE? ", "TRACE? a b", "CLIENTS?", "CLIENTS? ", "CLIENTS? a b", "FORGET", "FORGET ",
            "FORGET kiwi",
            "FORGET kiwi ", "FORGET kiwi 7", "FORGET  7.000000000", "FORGET kiwi 7.0000000000",
            "FORGET kiwi 9223372035.000000002", "FORGET kiwi 7.000000000 ", "FORGET a b 7.000000000", "GONE", "GONE ",
            "GONE kiwi", "GONE Alford +0.000000000 kiwi 7", "GONE Alford +0.000000000 kiwi 7.000000000\r",
            "HERD 2  LINK Alford Welsh ab", "HERD x LINK Alford Welsh ab", "HERD -1 LINK Alford Welsh ab",
            "HERD 2 AB", "HERD 2 ab cd", "HERD 0 ab", "HERD 02 ab", "HERD 1234567 LINK Alford Welsh ab",
            "HERD \u0661 LINK Alford Welsh ab", "HERD 99999999999999999999 ab",
            AT_LINE + " ", AT_LINE + "\r", "AT", "AT ", "AT kiwi", "IAMAT kiwi +34-118 7", "WHATSAT kiwi 10 5",
            "? what"})
        void isUnknown(String line) {
            assertThat(parse(line)).isEqualTo(new LinkMessage.Unknown());
        }

        @Test
        void isUnknownWhenANonceOrAReasonIsTooLong() {
            assertThat(parse("PROOF " + "a".repeat(129))).isEqualTo(new LinkMessage.Unknown());
            assertThat(parse("HERD 2 LINK Alford Welsh " + "a".repeat(129))).isEqualTo(new LinkMessage.Unknown());
            assertThat(parse("HERD 2 ab k=" + "v".repeat(513))).isEqualTo(new LinkMessage.Unknown());
            assertThat(parse("HERD 2 ab k" + "k".repeat(32) + "=v")).isEqualTo(new LinkMessage.Unknown());
            assertThat(parse("HERD 2 ab" + fields(32))).isInstanceOf(LinkMessage.Challenge.class);
            assertThat(parse("HERD 2 ab" + fields(33))).isEqualTo(new LinkMessage.Unknown());
            assertThat(parse("REFUSED " + "r".repeat(1024))).isEqualTo(new LinkMessage.Refusal("r".repeat(1024)));
            assertThat(parse("REFUSED " + "r".repeat(1025))).isEqualTo(new LinkMessage.Unknown());
        }

        private String fields(int count) {
            return IntStream.range(0, count).mapToObj(i -> " k" + i + "=").collect(Collectors.joining());
        }

        @Test
        void neverThrowsAndWhatIsUnderstoodIsTheLineItself() {
            int understood = 0;
            for (long seed = 0; seed < 40_000; seed++) {
                RandomLines lines = new RandomLines(seed);
                String line = switch ((int) (seed % 5)) {
                    case 0 -> lines.garbage();
                    case 1 -> lines.mutated("HERD 2,3 LINK Alford Welsh 0123456789abcdef a=b c=1,2");
                    case 2 -> lines.mutated("HERD 2 0123456789abcdef a=b c=1,2");
                    case 3 -> lines.mutated(lines.goneLine());
                    default -> lines.mutated(lines.atLine());
                };
                LinkMessage message = parse(line);
                if (!(message instanceof LinkMessage.Unknown) && !isOfAnotherVersion(message)) {
                    understood++;
                    assertThat(text(LinkMessages.write(message))).as("seed %d", seed).isEqualTo(line + '\n');
                }
            }
            assertThat(understood).isGreaterThan(1_000);
        }

        private boolean isOfAnotherVersion(LinkMessage message) {
            return (message instanceof LinkMessage.Hello hello && !hello.versions().contains(LinkMessage.VERSION))
                    || (message instanceof LinkMessage.Challenge challenge
                            && challenge.version() != LinkMessage.VERSION);
        }
    }

    @Nested
    class AnotherVersion {
        @Test
        void isUnderstoodFarEnoughToBeRefused() {
            LinkMessage.Hello first =
                    new LinkMessage.Hello(List.of(1), LinkMessage.Role.LINK, "", "", "", HelloValues.NONE);
            assertThat(parse("HERD 1 LINK Alford Welsh ab 0")).as("as the first version opened").isEqualTo(first);
            assertThat(parse("HERD 3,4 LINK whatever comes then")).isEqualTo(
                    new LinkMessage.Hello(List.of(3, 4), LinkMessage.Role.LINK, "", "", "", HelloValues.NONE));
            assertThat(parse("HERD 1 ab cd")).as("as the first version answered")
                    .isEqualTo(new LinkMessage.Challenge(1, "ab", HelloValues.NONE));
        }
    }

    @Nested
    class AHandshake {
        @ParameterizedTest
        @ValueSource(strings = {"HERD 1 LINK Alford Welsh ab 0", "HERD 2 LINK Alford Welsh ab", "HERD 3 other"})
        void isOpenedByALineThatStartsWithHerd(String line) {
            assertThat(opens(line)).isTrue();
            Parsing.assertMalformed(line);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "HERD", "HERD ", "HERDX 1", "herd 1", " HERD 1", "IAMAT kiwi +34-118 7", "HER"})
        void isOpenedByNothingElse(String line) {
            assertThat(opens(line)).isFalse();
        }

        private boolean opens(String line) {
            byte[] buffer = bytes("H" + line + " 1 LINK");
            return LinkMessages.opensHandshake(buffer, 1, 1 + line.length());
        }
    }
}
