package dev.proxyherd.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostLimitTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<String> told = new ArrayList<>();

    private HostLimit limit(int most) {
        return new HostLimit(most, "connections", told::add, nanos::get);
    }

    private static InetAddress host(String digits) throws UnknownHostException {
        return InetAddress.getByName(digits);
    }

    @Test
    void anAddressHoldsSoManyAndNoMoreAndOthersDoNotCount() throws UnknownHostException {
        HostLimit limit = limit(2);
        assertThat(limit.enter(host("10.0.0.7"))).isTrue();
        assertThat(limit.enter(host("10.0.0.7"))).isTrue();
        assertThat(limit.enter(host("10.0.0.7"))).isFalse();
        assertThat(limit.enter(host("10.0.0.8"))).isTrue();
        limit.leave(host("10.0.0.7"));
        assertThat(limit.enter(host("10.0.0.7"))).isTrue();
        assertThat(limit.enter(host("10.0.0.7"))).isFalse();
    }

    @Test
    void withoutALimitAllMayEnterAndAreCountedForOneThatComesLater() throws UnknownHostException {
        HostLimit limit = limit(0);
        for (int i = 0; i < 1000; i++) {
            assertThat(limit.enter(host("10.0.0.7"))).isTrue();
        }
        limit.limit(1000);
        assertThat(limit.enter(host("10.0.0.7"))).isFalse();
        limit.leave(host("10.0.0.7"));
        assertThat(limit.enter(host("10.0.0.7"))).isTrue();
    }

    @Test
    void anAddressThatHoldsNothingIsForgotten() throws UnknownHostException {
        HostLimit limit = limit(1);
        for (int i = 0; i < 256; i++) {
            limit.enter(host("10.0.0." + i));
            assertThat(limit.enter(host("10.0.0." + i))).isFalse();
            limit.refuse(host("10.0.0." + i));
        }
        assertThat(limit.hosts()).isEqualTo(256);
        for (int i = 0; i < 256; i++) {
            limit.leave(host("10.0.0." + i));
        }
        assertThat(limit.hosts()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.8, false",
        "2001:db8:1:2::7, 2001:db8:1:2:ffff::8, true",
        "2001:db8:1:2::7, 2001:db8:1:3::7, false",
        "fe80::1, fe80::2, false",
        "::1, ::2, false",
        "::ffff:10.0.0.7, 10.0.0.7, true"})
    void aNetworkOfIpv6IsOneHost(String one, String other, boolean same) throws UnknownHostException {
        HostLimit limit = limit(1);
        assertThat(limit.enter(host(one))).isTrue();
        assertThat(limit.enter(host(other))).isEqualTo(!same);
    }

    @Test
    void refusalsAreAllCountedAndToldOnceAMinute() throws UnknownHostException {
        HostLimit limit = limit(1);
        for (int i = 0; i < 1000; i++) {
            limit.refuse(host("10.0.0.7"));
        }
        assertThat(told).singleElement().asString()
                .contains("10.0.0.7", "connections", "--max-connections-per-host",
                        "1; refused so far, others included: 1");
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        limit.refuse(host("10.0.0.7"));
        assertThat(told).hasSize(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        limit.refuse(host("10.0.0.8"));
        assertThat(told).hasSize(2).last().asString().contains("10.0.0.8", "included: 1002");
        assertThat(limit.refused()).isEqualTo(1002);
    }

    @Test
    void neverMoreEnterThanMayHoweverManyTryAtOnce() throws Exception {
        HostLimit limit = limit(3);
        InetAddress host = host("10.0.0.7");
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                awaitQuietly(start);
                for (int round = 0; round < 20_000; round++) {
                    if (limit.enter(host)) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        inside.decrementAndGet();
                        limit.leave(host);
                    }
                }
            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(limit.hosts()).isZero();
    }

    private static void awaitQuietly(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
