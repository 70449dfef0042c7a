package dev.proxyherd.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.KeptStore;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.protocol.SipHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Digests are equal where stores are, and differ where they differ. */
class StoreDigestTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private static Set<String> content(LocationStore store) {
        Set<String> lines = new TreeSet<>();
        store.forEach(location -> lines.add(location.toString()));
        return lines;
    }

    /** Sums the buckets' digests anew, each from what its bucket holds. */
    private static void digestsAreRight(LocationStore store, String when) {
        long[] digests = new long[LocationStore.BUCKETS];
        long[] sums = new long[LocationStore.BUCKETS];
        int size = 0;
        int forgotten = 0;
        long weight = 0;
        for (int bucket = 0; bucket < LocationStore.BUCKETS; bucket++) {
            digests[bucket] = store.digest(bucket);
            for (Location location : store.bucket(bucket)) {
                sums[store.bucketOf(location)] += location.fingerprint();
                size += location.isGone() ? 0 : 1;
                forgotten += location.isGone() ? 1 : 0;
                weight += location.weight();
            }
        }
        assertThat(digests).as("digests of all buckets, %s", when).isEqualTo(sums);
        long all = Arrays.stream(sums).sum();
        assertThat(store.digest()).as("digest, %s", when).isEqualTo(all);
        assertThat(store.size()).as("size, %s", when).isEqualTo(size);
        assertThat(store.forgotten()).as("forgotten, %s", when).isEqualTo(forgotten);
        assertThat(store.records()).as("records, %s", when).isEqualTo(size + forgotten);
        assertThat(store.weight()).as("weight, %s", when).isEqualTo(weight);
    }

    @RepeatedTest(5)
    void areWhatIsStoredAfterAnyMergesAndDrops() {
        LocationStore store = new LocationStore();
        RandomLocations locations = new RandomLocations(seed);
        for (int step = 0; step < 60; step++) {
            locations.history(random.nextInt(200), 300).forEach(store::merge);
            if (random.nextInt(4) == 0) {
                store.dropBefore(new Cutoffs(7_000_000_000L + random.nextInt(3), 7_000_000_000L + random.nextInt(3)));
            }
            digestsAreRight(store, "step " + step + " of seed " + seed);
        }
    }

    @Test
    void areWhatIsStoredAfterManyThreadsMergedAndDropped() throws InterruptedException {
        LocationStore store = new LocationStore();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<Location> history = new RandomLocations(seed + i).history(20_000, 50);
            threads.add(Thread.ofPlatform().start(() -> history.forEach(location -> {
                store.merge(location);
                if (location.timeNanos() > 8_000_000_000L) {
                    store.dropBefore(new Cutoffs(7_500_000_000L, 7_500_000_000L));
                }
            })));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        digestsAreRight(store, "seed " + seed);
    }

    @RepeatedTest(5)
    void doNotDependOnTheOrderOrOnRepetition() {
        List<Location> history = new RandomLocations(seed).history(2000, 500);
        LocationStore one = new LocationStore();
        history.forEach(one::merge);
        LocationStore other = new LocationStore();
        List<Location> shuffled = new ArrayList<>(history);
        shuffled.addAll(history.subList(0, 700));
        Collections.shuffle(shuffled, random);
        shuffled.forEach(other::merge);
        assertThat(other.digest()).as("seed %d", seed).isEqualTo(one.digest());
    }

    @Test
    void areEqualExactlyWhereContentsAre() {
        Map<Set<String>, Long> digests = new HashMap<>();
        RandomLocations locations = new RandomLocations(seed);
        int equal = 0;
        for (int i = 0; i < 400; i++) {
            LocationStore store = new LocationStore();
            locations.history(random.nextInt(4), 2).forEach(store::merge);
            Long before = digests.put(content(store), store.digest());
            if (before != null) {
                equal++;
                assertThat(store.digest()).as("digest of %s", content(store)).isEqualTo(before);
            }
        }
        assertThat(equal).as("stores with the content of an earlier one").isPositive();
        assertThat(new HashSet<>(digests.values())).as("digests of different contents").hasSameSizeAs(digests.keySet());
    }

    @Test
    void differWhenOneByteDoes() {
        byte[] line = "AT Alford +0.000000001 kiwi.cs.ucla.edu +34.068930-118.445127 1400794645.392014450"
                .getBytes(StandardCharsets.UTF_8);
        Set<Long> fingerprints = new TreeSet<>();
        int lines = 0;
        for (int i = 0; i < line.length; i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                byte[] changed = line.clone();
                changed[i] = (byte) digit;
                Location location = changed[i] == line[i] ? null : Location.parse(changed, 0, changed.length, 0);
                if (location != null) {
                    lines++;
                    fingerprints.add(location.stored(SipHash.unkeyed()).fingerprint());
                }
            }
        }
        assertThat(fingerprints).hasSize(lines).hasSizeGreaterThan(300);
    }

    @Test
    void leaveOutWhatIsBeforeACutoffWhenAsked() {
        LocationStore all = new LocationStore();
        LocationStore recent = new LocationStore();
        for (int i = 0; i < 1000; i++) {
            all.merge(KeptStore.at("c" + i, i));
            if (i >= 400) {
                recent.merge(KeptStore.at("c" + i, i));
            }
        }
        Cutoffs cutoff = new Cutoffs(400_000_000_000L, 0);
        assertThat(all.digestSince(cutoff)).isEqualTo(recent.digest()).isNotEqualTo(all.digest());
        all.dropBefore(cutoff);
        assertThat(all.digest()).isEqualTo(recent.digest());
    }

    @Test
    void spreadConsecutiveClientsEvenly() {
        LocationStore store = new LocationStore();
        int[] clients = new int[LocationStore.BUCKETS];
        for (int i = 0; i < 100 * LocationStore.BUCKETS; i++) {
            clients[store.bucketOf(Location.idOnly("client-" + i))]++;
        }
        assertThat(Arrays.stream(clients).boxed()).allSatisfy(count -> assertThat(count).isBetween(40, 180));
    }

    @Nested
    class OfClientsThatChooseTheirIds {
        /** All of them have the same {@link String#hashCode}. */
        private static List<Location> aiming() {
            List<Location> locations = new ArrayList<>();
            for (int i = 0; i < 1 << 18; i++) {
                StringBuilder id = new StringBuilder();
                for (int bit = 0; bit < 18; bit++) {
                    id.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                }
                locations.add(KeptStore.at(id.toString(), 1));
            }
            return locations;
        }

        @Test
        void areSpreadEvenlyAndNoSlowerThanOthers() {
            List<Location> locations = aiming();
            assertThat(locations.stream().mapToInt(location -> location.client().hashCode()).distinct()).hasSize(1);
            LocationStore store = new LocationStore();
            long start = System.nanoTime();
            locations.forEach(store::merge);
            long nanos = System.nanoTime() - start;
            assertThat(nanos / locations.size()).as("nanoseconds for a merge").isLessThan(40_000);
            assertThat(IntStream.range(0, LocationStore.BUCKETS).map(bucket -> store.bucket(bucket).size()).boxed())
                    .as("128 on average").allSatisfy(count -> assertThat(count).isBetween(60, 220));
        }

        @Test
        void areInOtherBucketsUnderAnotherKey() {
            LocationStore one = new LocationStore(new SipHash(new byte[16]), null);
            byte[] key = new byte[16];
            key[15] = 1;
            LocationStore other = new LocationStore(new SipHash(key), null);
            long same = aiming().stream()
                    .filter(client -> one.bucketOf(client) == other.bucketOf(client)).count();
            assertThat(same).as("128 on average").isBetween(60L, 220L);
        }
    }
}
