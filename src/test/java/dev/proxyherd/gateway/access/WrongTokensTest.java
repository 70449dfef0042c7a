package dev.proxyherd.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.gateway.GatewaySettings;
import dev.proxyherd.gateway.RawHttp;
import dev.proxyherd.gateway.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Wrong tokens wait, longer each time; right ones never do. */
@Timeout(60)
class WrongTokensTest {
    private static InetAddress address(String text) throws IOException {
        return InetAddress.getByName(text);
    }

    @Nested
    class InTime {
        private final WrongTokens tokens = new WrongTokens(2);
        private long now = 1;

        private long millis(String address) throws IOException {
            return tokens.shown(address(address), now).toMillis();
        }

        @Test
        void theFirstOnesOfAnAddressAreTypingErrorsAndFurtherOnesWaitTwiceAsLongEachTime() throws IOException {
            assertThat(new long[] {millis("192.0.2.1"), millis("192.0.2.1"), millis("192.0.2.1"), millis("192.0.2.1"),
                millis("192.0.2.1"), millis("192.0.2.1")}).containsExactly(0, 0, 0, 250, 500, 1000);
            for (int i = 0; i < 100; i++) {
                assertThat(millis("192.0.2.1")).isLessThanOrEqualTo(WrongTokens.LONGEST.toMillis());
            }
            assertThat(millis("192.0.2.1")).isEqualTo(WrongTokens.LONGEST.toMillis());
            assertThat(millis("192.0.2.2")).as("another address").isZero();
        }

        @Test
        void anAddressThatShowsNoneForAWhileBeginsAnew() throws IOException {
            for (int i = 0; i < 10; i++) {
                millis("192.0.2.1");
            }
            now += Duration.ofMinutes(9).toNanos();
            assertThat(millis("192.0.2.1")).isPositive();

            now += Duration.ofMinutes(11).toNanos();
            assertThat(millis("192.0.2.1")).isZero();
        }

        @Test
        void allAddressesOfAnIpv6NetworkAreOne() throws IOException {
            for (int i = 0; i < 4; i++) {
                millis("2001:db8::" + i);
            }
            assertThat(millis("2001:db8:0:0:ffff::1")).isPositive();
            assertThat(millis("2001:db8:0:1::1")).isZero();
        }

        @Test
        void withOneAddressTooManyThatOfLongAgoIsForgotten() throws IOException {
            for (int i = 0; i < 5; i++) {
                millis("192.0.2.1");
            }
            millis("192.0.2.2");
            assertThat(millis("192.0.2.1")).as("both are remembered").isPositive();

            millis("192.0.2.3"); // forgets 192.0.2.2
            assertThat(millis("192.0.2.1")).isPositive();
            millis("192.0.2.4");
            millis("192.0.2.5");
            assertThat(millis("192.0.2.1")).isZero();
        }
    }

    @Test
    void aRightTokenIsServedAtOnceWhileWrongOnesOfItsAddressWait(@TempDir Path dir) throws Exception {
        GatewaySettings settings =
                TestGateway.settings(new AccessRules("correct-horse-battery", false, List.of(), List.of()), 0, false,
                        true);
        try (TestGateway gateway = new TestGateway(dir, settings, InstantSource.system())) {
            for (int i = 0; i < 5; i++) {
                assertThat(RawHttp.get(gateway.port(), "/api/herd", "Authorization: Bearer wrong").status())
                        .isEqualTo(401);
            }
            CompletableFuture<Integer> wrong = CompletableFuture.supplyAsync(() -> {
                try {
                    return RawHttp.get(gateway.port(), "/api/herd", "Authorization: Bearer wrong").status();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            long begun = System.nanoTime();
            assertThat(RawHttp.get(gateway.port(), "/api/herd", "Authorization: Bearer correct-horse-battery").status())
                    .isEqualTo(200);
            assertThat(RawHttp.get(gateway.port(), "/api/herd").status()).as("none shown: asked for it at once")
                    .isEqualTo(401);

            assertThat(wrong.get()).isEqualTo(401);
            assertThat(System.nanoTime() - begun).as("the sixth wrong one waits a second").isGreaterThan(900_000_000L);
        }
    }
}
