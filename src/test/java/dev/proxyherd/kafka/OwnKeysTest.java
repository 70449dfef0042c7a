package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnKeysTest {
    private static void assertSame(OwnKeys keys, Map<Long, Boolean> expected, int most, String what) {
        assertThat(keys.size()).as(what).isEqualTo(expected.size());
        for (long hash = 0; hash < most; hash++) {
            Boolean gone = expected.get(spread(hash));
            assertThat(keys.has(spread(hash))).as(what).isEqualTo(gone != null);
            assertThat(keys.hasLocation(spread(hash))).as(what).isEqualTo(gone != null && !gone);
        }
    }

    /** Some of them collide, and some are where the table begins and ends. */
    private static long spread(long number) {
        return number % 3 == 0 ? number << 1 : -(number << 20) | 2;
    }

    @Test
    void areWhatAMapWouldBeInAnyHistory() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int most = 3_000;
        OwnKeys keys = new OwnKeys();
        OwnKeys restored = new OwnKeys();
        Map<Long, Boolean> expected = new HashMap<>();
        for (int i = 0; i < 30_000; i++) {
            long hash = spread(random.nextInt(most));
            if (random.nextInt(3) == 0) {
                keys.remove(hash);
                expected.remove(hash);
            } else {
                boolean gone = random.nextInt(4) == 0;
                keys.put(hash, gone);
                expected.put(hash, gone);
            }
            if (random.nextInt(1_000) == 0) {
                long[] fresh = keys.takeFresh();
                restored.putAll(fresh == null ? keys.all() : fresh);
            }
        }
        assertSame(keys, expected, most, "seed " + seed);
        long[] fresh = keys.takeFresh();
        restored.putAll(fresh == null ? keys.all() : fresh);
        expected.forEach((hash, gone) -> {
            assertThat(restored.has(hash)).as("seed " + seed).isTrue();
            assertThat(restored.hasLocation(hash)).as("seed " + seed).isEqualTo(!gone);
        });
        OwnKeys whole = new OwnKeys();
        whole.putAll(keys.all());
        assertSame(whole, expected, most, "all, seed " + seed);
    }

    @Test
    void tellAllWhereWhatIsFreshWouldBeMore() {
        OwnKeys keys = new OwnKeys();
        for (int i = 0; i < 10_000; i++) {
            keys.put(2, i % 2 == 0);
        }
        assertThat(keys.takeFresh()).isNull();
        assertThat(keys.all()).hasSize(1);
        assertThat(keys.takeFresh()).isEmpty();
    }
}
