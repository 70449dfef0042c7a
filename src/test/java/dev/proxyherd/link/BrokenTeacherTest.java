package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A neighbour dials, proves that it holds the secret, and then teaches what no server teaches. */
class BrokenTeacherTest {
    private static final String NO_MESSAGE = "the neighbour sent what is no link message";
    private static final String TOO_LONG = "the neighbour sent a line of more than 66560 bytes";

    @TempDir
    private Path dir;

    private ThreeEnds ends;
    private FakeNeighbour toBolden;
    private FakeNeighbour fromBolden;

    @BeforeEach
    void start() throws IOException {
        ends = new ThreeEnds(dir);
        toBolden = ends.accept();
        fromBolden = ends.dial();
    }

    @AfterEach
    void stop() throws IOException {
        fromBolden.close();
        toBolden.close();
        ends.close();
    }

    /** The link has ended, for this reason; nothing else has, and the link that Alford dialled goes on. */
    private void isClosed(String reason, int known) throws IOException {
        Await.until("the link is closed", fromBolden.connection()::isClosedByServer);
        ends.herd().awaitLog("Alford", "link from Bolden down: " + reason);
        ends.awaitNoThread("from");
        ends.awaitNoThread("replies");
        assertThat(ends.herd().stored("Alford")).hasSize(known);
        ends.assertUnharmed(known);
        assertThat(toBolden.readLine()).startsWith("AT ");
        assertThat(ends.herd().log("Alford")).doesNotContain("link to Bolden down");
    }

    @Nested
    class AMessageThatIsOutOfPlace {
        @ParameterizedTest
        @ValueSource(strings = {"HERD 2 LINK Bolden Alford " + FakeNeighbour.NONCE, "HERD 2 00", "PROOF 00",
            "WELCOME 00", "DENIED 00 go away",
            "STATUS? 0 0", "TRACE? kiwi", "CLIENTS? *", "FORGET kiwi 8.000000000", "GONE kiwi",
            "GONE Alford +0.000000000 kiwi 8",
            "ENTRIES 0 .", "ENTRIES 0 + AAAAAAAAAAE="})
        void closesTheLink(String line) throws IOException {
            fromBolden.send(line + '\n' + ThreeEnds.AT);
            isClosed(NO_MESSAGE, 0);
        }

        @Test
        void closesTheLinkThoughItIsALongOne() throws IOException {
            fromBolden.send("DIGESTS 0 0" + ThreeEnds.words(2048) + '\n' + ThreeEnds.AT);
            isClosed(NO_MESSAGE, 0);
        }
    }

    @Nested
    class AMessageThatIsMalformed {
        @ParameterizedTest
        @ValueSource(strings = {"HELLO", "at Bolden +0.000000001 kiwi +34-118 7", "DIGESTS? 0", "ENTRIES? -1",
            "ENTRIES? 1000000",
            "ENTRIES? 4294967296", "ENTRIES?  1", "ENTRIES? 1 2", "BEAT x", "AT Bolden +0.000000001 kiwi +34-118",
            "AT Bolden +0.000000001 kiwi +34-118 7 8", "AT Bolden +0.000000001 kiwi +91-118 7",
            "AT Bolden +0.000000001 kiwi +34-118 -7",
            "AT Bolden +0.000000001 kiwi +34-118 9223372036", "AT Bol/den +0.000000001 kiwi +34-118 7"})
        void closesTheLink(String line) throws IOException {
            fromBolden.send(line + '\n' + ThreeEnds.AT);
            isClosed(NO_MESSAGE, 0);
        }

        @Test
        void takesNothingBackThatWasTaughtBefore() throws IOException {
            fromBolden.send("AT Bolden +0.000000001 plum +34-118 7\nAT Bolden +0.000000001 plum\n" + ThreeEnds.AT);
            isClosed(NO_MESSAGE, 1);
        }

        @Test
        void isLoggedOnOneLineWithoutWhatWouldMoveACursor() throws IOException {
            fromBolden.send("AT Bolden \u001b[2J\r-- forged");
            ends.herd().awaitLog("Alford", "Bolden AT Bolden \\x1B[2J\\x0D-- forged\n");
        }
    }

    @Nested
    class AQuestionAboutABucketThatDoesNotExist {
        @ParameterizedTest
        @ValueSource(ints = {2048, 999_999})
        void isPassedOverAndTheNextOneIsAnswered(int bucket) throws IOException {
            fromBolden.send(new LinkMessage.EntriesWanted(bucket));
            fromBolden.send(new LinkMessage.EntriesWanted(2047));
            assertThat(fromBolden.await(LinkMessage.Entries.class).bucket()).isEqualTo(2047);
            fromBolden.send(new LinkMessage.DigestsWanted());
            assertThat(fromBolden.await(LinkMessage.Digests.class).digests()).hasSize(2048);
            fromBolden.send("AT Bolden +0.000000001 plum +34-118 7");
            Await.until("what Bolden teaches is known", () -> ends.herd().stored("Parker", "plum") != null);
            assertThat(ends.herd().log("Alford")).doesNotContain("link from Bolden down");
        }
    }

    @Nested
    class ALine {
        static Named<?>[] tooLong() {
            return new Named<?>[] {named("one byte too many", at(LinkMessage.MAX_LINE + 1) + '\n'),
                named("too many digests", "DIGESTS 0 0" + ThreeEnds.words(5000) + '\n'),
                named("no end", "x".repeat(10 * 1024 * 1024))};
        }

        private static String at(int length) {
            String rest = "AT Bolden +0.000000001  +34-118 7";
            return rest.replace("  ", " " + "k".repeat(length - rest.length()) + " ");
        }

        @Test
        void ofExactlyTheLimitIsRead() throws IOException {
            fromBolden.send(at(LinkMessage.MAX_LINE));
            Await.until("Alford knows it", () -> ends.herd().stored("Alford").containsValue(at(LinkMessage.MAX_LINE)));
        }

        @ParameterizedTest
        @MethodSource("tooLong")
        void ofMoreClosesTheLinkAndTheLogSaysSo(String line) throws IOException {
            sendAsMuchAsIsTaken(line);
            isClosed(TOO_LONG, 0);
        }

        private void sendAsMuchAsIsTaken(String line) {
            try {
                fromBolden.connection().send(line);
            } catch (IOException closedMeanwhile) {
                assertThat(line.length()).isGreaterThan(LinkMessage.MAX_LINE);
            }
        }
    }

    @Nested
    class AMessageTornByTheEndOfTheStream {
        @ParameterizedTest
        @ValueSource(strings = {"AT Bolden +0.000000001 kiwi +34-118 14007", "nonsens", "A"})
        void isDropped(String half) throws IOException {
            fromBolden.connection().send(half);
            fromBolden.connection().finish();
            isClosed("the neighbour closed it", 0);
        }

        @Test
        void isDroppedThoughTheConnectionIsReset() throws IOException {
            fromBolden.connection().send(ThreeEnds.AT);
            fromBolden.connection().reset();
            isClosed("Connection reset", 0);
        }
    }
}
