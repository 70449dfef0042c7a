package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.StubPlaces;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line that is too long is answered, and ends the connection; memory stays bounded whatever comes. */
class LineLimitTest {
    @TempDir
    private Path dir;

    private SingleServer server(int lineBytes) throws IOException {
        ClientLimits limits = TestSettings.limits(100, lineBytes, Duration.ofMinutes(1), Duration.ofSeconds(30));
        return new SingleServer(dir, limits, StubPlaces.giving(StubPlaces.document(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 8192, 65_536})
    void aLineOfExactlyTheLimitIsALine(int limit) throws IOException {
        try (SingleServer server = server(limit)) {
            String longest = "x".repeat(limit);
            assertThat(server.answersTo(longest + '\n' + SingleServer.IAMAT))
                    .isEqualTo("? " + longest + '\n' + SingleServer.AT);
            assertThat(server.answersTo(longest)).isEqualTo("? " + longest + '\n');
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 8192, 65_536})
    void oneByteMoreIsAnsweredWithItsBeginningAndTheConnectionIsClosed(int limit) throws IOException {
        try (SingleServer server = server(limit)) {
            String tooLong = "abc" + "x".repeat(limit - 2);
            assertThat(server.answersTo(SingleServer.IAMAT + tooLong + '\n' + SingleServer.IAMAT))
                    .isEqualTo(SingleServer.AT + "? " + tooLong.substring(0, 1024) + '\n');
        }
    }

    @Test
    void theLimitIsNeverTooSmallForThatAnswerOrForANeighboursFirstLine() {
        assertThatThrownBy(() -> server(1023)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1024");
        assertThatThrownBy(() -> server(65_537)).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class WhileTheClientIsStillSending {
        @Test
        void theAnswerArrivesThroughTenMegabytesThatNobodyReads() throws IOException {
            try (SingleServer server = server(8192); RawClient client = server.connect()) {
                byte[] endless = new byte[10 * 1024 * 1024];
                Arrays.fill(endless, (byte) 'x');
                client.send(endless);

                assertThat(client.readToEnd()).isEqualTo("? " + "x".repeat(1024) + '\n');
            }
        }

        @Test
        void othersAreServed() throws IOException {
            try (SingleServer server = server(8192); RawClient endless = server.connect()) {
                endless.send("x".repeat(100_000));
                assertThat(server.answersTo(SingleServer.IAMAT)).isEqualTo(SingleServer.AT);
            }
        }
    }

    @Test
    void neighboursWithTheLongestNamesMeetUnderTheSmallestLimit() throws IOException {
        String one = "One-" + "1".repeat(60);
        String other = "Other-" + "2".repeat(58);
        ClientLimits limits = TestSettings.limits(100, 1024, Duration.ofMinutes(1), Duration.ofSeconds(30));
        try (TestHerd herd = new TestHerd(dir, one, other).link(one, other).limits(limits).startAll().awaitLinks();
                RawClient client = herd.connect(one)) {
            client.send(SingleServer.IAMAT);
            herd.awaitSameStores("under the smallest line limit", 1);
        }
    }
}
