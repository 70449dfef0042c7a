package dev.proxyherd.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExpiryCutoffTest {
    private static final Instant NOW = Instant.ofEpochSecond(1000, 7);

    private static Expiry after(Duration age) {
        return new Expiry(age, () -> NOW);
    }

    private static Location at(String time) {
        return RandomLocations.at("AT Alford +0.000000001 kiwi +34-118 " + time);
    }

    @Nested
    class WithAnAge {
        private final Expiry expiry = after(Duration.ofSeconds(400));

        @Test
        void isOn() {
            assertThat(expiry.isOn()).isTrue();
        }

        @Test
        void whatIsOlderByTheClientsTimeIsPast() {
            assertThat(expiry.cutoffs().locationNanos()).isEqualTo(600_000_000_007L);
            assertThat(expiry.isPast(at("600.000000006"))).isTrue();
            assertThat(expiry.isPast(at("600.000000007"))).isFalse();
            assertThat(expiry.isPast(at("2000"))).isFalse();
        }

        @Test
        void nothingIsPastWhileTheClockIsYoungerThanTheAge() {
            assertThat(after(Duration.ofSeconds(1001)).cutoffs().locationNanos()).isZero();
        }
    }

    @Nested
    class Without {
        private final Expiry expiry = after(Duration.ZERO);

        @Test
        void nothingIsEverPast() {
            assertThat(expiry.isOn()).isFalse();
            assertThat(expiry.cutoffs().locationNanos()).isZero();
            assertThat(expiry.isPast(at("0"))).isFalse();
        }
    }

    @Test
    void instantsArePosixNanoseconds() {
        assertThat(Expiry.nanos(Instant.parse("2001-09-09T01:46:40.123456789Z"))).isEqualTo(1_000_000_000_123_456_789L);
    }
}
