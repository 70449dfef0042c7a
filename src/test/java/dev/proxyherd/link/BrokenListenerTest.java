package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A neighbour that Alford dials proves that it holds the secret, and then answers as no server does. */
class BrokenListenerTest {
    private static final int CLIENTS = 5;
    private static final String NO_MESSAGE = "the neighbour sent what is no link message";
    private static final String NOT_ASKED = "the neighbour answered what nobody asked";

    @TempDir
    private Path dir;

    private ThreeEnds ends;
    private FakeNeighbour bolden;

    @BeforeEach
    void start() throws IOException {
        ends = new ThreeEnds(dir);
        bolden = ends.welcome();
        try (RawClient client = ends.herd().connect("Alford")) {
            for (int i = 0; i < CLIENTS; i++) {
                client.ask("IAMAT c" + i + " +34-118 7");
            }
        }
        ends.herd().awaitSameStores("before Bolden breaks", CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            bolden.readLine(); // from now on what comes to Bolden follows from what it says
        }
    }

    @AfterEach
    void stop() throws IOException {
        bolden.close();
        ends.close();
    }

    /** The link has ended, for this reason; nothing else has, and the next one teaches Bolden all there is. */
    private void isClosed(String reason) throws IOException {
        Await.until("the link is closed", bolden.connection()::isClosedByServer);
        ends.herd().awaitLog("Alford", "link to Bolden down: " + reason);
        ends.awaitNoThread("in");
        Map<String, String> known = ends.herd().stored("Alford");
        assertThat(known).hasSize(CLIENTS);
        Set<String> taught = new HashSet<>();
        try (FakeNeighbour mended = ends.accept()) {
            known.forEach((client, line) -> taught.add(lineFrom(mended)));
        }
        assertThat(taught).containsExactlyInAnyOrderElementsOf(known.values());
        ends.assertUnharmed(CLIENTS);
    }

    private static String lineFrom(FakeNeighbour link) {
        try {
            return link.readLine();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets Bolden differ from Alford in every bucket, and returns the first one that Alford asks about. */
    private int askedBucket() throws IOException {
        long[] digests = new long[LocationStore.BUCKETS];
        Arrays.fill(digests, 1);
        bolden.send(new LinkMessage.Digests(Cutoffs.NONE, digests));
        return bolden.await(LinkMessage.EntriesWanted.class).bucket();
    }

    @Nested
    class AMessage {
        @ParameterizedTest
        @ValueSource(strings = {"", "HELLO", "HERD 2 LINK Alford Bolden " + FakeNeighbour.NONCE, "HERD 2 00",
            "PROOF 00",
            "WELCOME 00", "DENIED 00 go away", "REFUSED go away", "DIGESTS?", "ENTRIES? 0", "STATUS? 0 0", ThreeEnds.AT,
            "GONE Welsh +0.000000000 kiwi 8.000000000", "FORGET kiwi 8.000000000",
            "BEAT 0"})
        void thatIsNoAnswerClosesTheLink(String line) throws IOException {
            bolden.send(line + "\nBEAT 0000000000000000 0000000000000000");
            isClosed(NO_MESSAGE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"DIGESTS -1", "DIGESTS 0 0 000000000000000g", "DIGESTS 0 0 0000000000000000 0",
            "DIGESTS 9223372036854775808 0", "DIGESTS 0",
            "ENTRIES -1 .", "ENTRIES 1000000 .", "ENTRIES 0 * 0000000000000000", "ENTRIES 0 . 000000000000000g",
            "ENTRIES 0 .0"})
        void thatIsAMalformedAnswerClosesTheLink(String line) throws IOException {
            bolden.send(line);
            isClosed(NO_MESSAGE);
        }

        @Test
        void thatIsLongerThanTheLimitClosesTheLinkAndTheLogSaysSo() throws IOException {
            bolden.send("DIGESTS 0 0" + ThreeEnds.words(5000));
            isClosed("the neighbour sent a line of more than 66560 bytes");
        }

        @Test
        void tornByTheEndOfTheStreamIsDropped() throws IOException {
            bolden.connection().send("DIGESTS 0 0" + ThreeEnds.words(LocationStore.BUCKETS - 1) + " 00000");
            bolden.connection().finish();
            isClosed("the neighbour closed it");
        }
    }

    @Nested
    class Digests {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2047, 2049, 3900})
        void thatAreNotOneForEachBucketCloseTheLink(int count) throws IOException {
            bolden.send("DIGESTS 0 0" + ThreeEnds.words(count));
            isClosed(NOT_ASKED);
        }

        @Test
        void thatComeTwiceCloseTheLink() throws IOException {
            askedBucket();
            bolden.send("DIGESTS 0 0" + ThreeEnds.words(LocationStore.BUCKETS));
            isClosed(NOT_ASKED);
        }
    }

    @Nested
    class Acknowledgements {
        @ParameterizedTest
        @ValueSource(strings = {"SEEN 1000", "SEEN 0\nSEEN 1000"})
        void ofWhatWasNeverSentCloseTheLink(String lines) throws IOException {
            bolden.send(lines);
            isClosed(NO_MESSAGE);
        }
    }

    @Nested
    class Entries {
        @ParameterizedTest
        @ValueSource(strings = {"ENTRIES 0 .", "ENTRIES 0 +", "ENTRIES 2048 ."})
        void thatComeBeforeAnyWereAskedForCloseTheLink(String line) throws IOException {
            bolden.send(line);
            isClosed(NOT_ASKED);
        }

        @ParameterizedTest
        @ValueSource(ints = {2048, 999_999})
        void ofABucketThatDoesNotExistCloseTheLink(int bucket) throws IOException {
            askedBucket();
            bolden.send("ENTRIES " + bucket + " .");
            isClosed(NOT_ASKED);
        }

        @ParameterizedTest
        @ValueSource(strings = {" .", " +"})
        void ofABucketThatWasNotAskedForCloseTheLinkThoughOthersWere(String rest) throws IOException {
            int asked = askedBucket();
            int other = asked == 0 ? 1 : asked - 1;
            assertThat(ends.herd().bucket("Alford", other)).as("so it cannot be asked for").isZero();
            bolden.send("ENTRIES " + other + rest);
            isClosed(NOT_ASKED);
        }

        @Test
        void thatComeTwiceCloseTheLink() throws IOException {
            int asked = askedBucket();
            bolden.send("ENTRIES " + asked + " .\nENTRIES " + asked + " .");
            isClosed(NOT_ASKED);
        }

        @Test
        void inManyPartsAreOneAnswer() throws IOException {
            int asked = askedBucket();
            bolden.send(("ENTRIES " + asked + " + AAAAAAAAAAE=\n").repeat(100) + "ENTRIES " + asked + " .");
            assertThat(ends.herd().bucketOf("Alford", bolden.readLine().split(" ")[3])).isEqualTo(asked);
            assertThat(ends.herd().log("Alford")).doesNotContain("link to Bolden down");
        }
    }
}
