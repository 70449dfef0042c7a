package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Cutoffs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that has grown well past what is stored is written anew, and whatever happens meanwhile is in it. */
class JournalCompactionTest {
    private static final int CLIENTS = 25_000;
    private static final int SPARE = 1_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    private Path dir;

    private Path path;
    private long time;

    @BeforeEach
    void name() {
        path = dir.resolve("journal");
    }

    private void reportAll(KeptStore kept, int clients) {
        time++;
        for (int i = 0; i < clients; i++) {
            kept.take(KeptStore.at("c" + i, time));
        }
        kept.round();
    }

    private void reportSome(KeptStore kept) {
        time++;
        for (int i = 0; i < 200; i++) {
            String client = "c" + random.nextInt(CLIENTS + 1000);
            kept.take(random.nextInt(10) == 0 ? KeptStore.gone(client, time) : KeptStore.at(client, time));
        }
        kept.round();
    }

    /** The writing of a new file rests at this gate after each burst. */
    private final RestGate gate = new RestGate();

    private KeptStore startCompacting() {
        KeptStore kept = KeptStore.open(path, gate.bounds(SPARE));
        for (int round = 0; !kept.writer.isRewriting(); round++) {
            reportAll(kept, CLIENTS);
            assertThat(round).as("rounds until most is outdated").isLessThan(10);
        }
        return kept;
    }

    @Test
    void bringsTheFileDownToWhatIsStored() throws IOException {
        try (KeptStore kept = KeptStore.open(path)) {
            for (int round = 0; round < 250; round++) {
                reportAll(kept, 100);
            }
            assertThat(kept.records()).isLessThan(20_000);
            assertThat(Files.size(path)).isEqualTo(kept.bytes());
            kept.isWhatIsReplayedFrom(path, "after it was written anew");
        }
    }

    /** A new file is written in parts of a fifth, and that many clients change after each. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100, 1000, 1200, 3000, 6000, 10_000})
    void endsNearWhatIsStoredHoweverMuchChangesMeanwhile(int changing) throws IOException {
        int clients = 10_000;
        try (KeptStore kept = KeptStore.open(path, gate.bounds(SPARE)); gate) {
            for (int round = 0; !kept.writer.isRewriting(); round++) {
                reportAll(kept, clients);
                assertThat(round).as("rounds until most is outdated").isLessThan(10);
            }
            gate.letPass(kept, 0);
            for (int part = 0; kept.writer.isRewriting(); part++) {
                assertThat(part).as("parts").isLessThan(10);
                gate.letPass(kept, 8);
                if (kept.writer.isRewriting()) {
                    reportAll(kept, changing);
                }
            }
            assertThat(kept.records()).as("records of %d clients", clients).isBetween((long) clients,
                    clients * 13L / 10);
            for (long appended = 0; appended + changing <= clients && changing > 0; appended += changing) {
                reportAll(kept, changing);
                assertThat(kept.writer.isRewriting()).as("due again after %d records more", appended).isFalse();
            }
            kept.isWhatIsReplayedFrom(path, "with " + changing + " changes after each part");
        }
    }

    /** A round that lasts does not wait for a file that is written anew: here, one whose writing rests for ever. */
    @Test
    void holdsUpNoRound() {
        try (KeptStore kept = startCompacting(); gate) {
            gate.letPass(kept, 1);
            for (int round = 0; round < 100; round++) {
                reportSome(kept);
            }
            assertThat(kept.writer.isRewriting()).isTrue();
            kept.isWhatIsReplayedFrom(path, "in the middle of a rewrite with seed " + seed);
            gate.open(kept);
        }
    }

    @Test
    void isDueWhenMostHasExpiredToo() {
        try (KeptStore kept = KeptStore.open(path)) {
            reportAll(kept, 2 * CLIENTS);
            kept.store.dropBefore(new Cutoffs(Long.MAX_VALUE, Long.MAX_VALUE));
            kept.take(KeptStore.at("kiwi", 1)).round();
            while (kept.writer.isRewriting()) {
                kept.round();
            }
            assertThat(kept.records()).isEqualTo(1);
            assertThat(KeptStore.replayed(path)).containsOnlyKeys("kiwi");
        }
    }

    @Nested
    class AClientThatWasForgotten {
        private static final JournalBounds SOON = new JournalBounds(20_000, 20_000, 10, 1, 1, 1, () -> {});
        private static final JournalBounds NEVER =
                new JournalBounds(20_000, 20_000, 10, 1, 1, Long.MAX_VALUE / 2, () -> {});

        private String text() throws IOException {
            return Files.readString(path);
        }

        private void awaitNewFile(KeptStore kept) {
            kept.round();
            assertThat(kept.isRewriting()).as("a new file is due").isTrue();
            kept.awaitRewritten();
            kept.round();
        }

        @Test
        void leavesTheDisk() throws IOException {
            try (KeptStore kept = KeptStore.open(path, SOON)) {
                kept.take(KeptStore.at("kiwi", 7)).take(KeptStore.at("emu", 7)).round();
                assertThat(text()).contains(" kiwi +34.5-118.25 ");
                kept.take(KeptStore.gone("kiwi", 8));
                awaitNewFile(kept);
                assertThat(text()).doesNotContain(" kiwi +").contains("GONE Alford +0.000000001 kiwi 8.000000000\n",
                        " emu +");
                kept.isWhatIsReplayedFrom(path, "once it was written anew");
                kept.round();
                assertThat(kept.isRewriting()).as("once is enough").isFalse();
            }
        }

        @Test
        void leavesTheDiskThoughItHasReportedAgainBeforeTheNextRound() throws IOException {
            try (KeptStore kept = KeptStore.open(path, SOON)) {
                kept.take(KeptStore.at("kiwi", 7)).round();
                kept.take(KeptStore.gone("kiwi", 8)).take(KeptStore.at("kiwi", 9));
                awaitNewFile(kept);
                assertThat(text()).doesNotContain(" 7\n").contains(" kiwi +34.5-118.25 9\n");
            }
        }

        @Test
        void leavesTheDiskAfterACrashBeforeThat() throws IOException {
            try (KeptStore kept = KeptStore.open(path, NEVER)) {
                kept.take(KeptStore.at("kiwi", 7)).round();
                kept.take(KeptStore.gone("kiwi", 8)).round();
                assertThat(kept.isRewriting()).isFalse();
            }
            assertThat(text()).contains(" kiwi +");
            try (KeptStore kept = KeptStore.open(path, SOON)) {
                awaitNewFile(kept);
                assertThat(text()).doesNotContain(" kiwi +").contains("GONE ");
            }
            try (KeptStore kept = KeptStore.open(path, SOON)) {
                kept.round();
                assertThat(kept.isRewriting()).as("at each further start").isFalse();
                assertThat(kept.store.size()).isZero();
                assertThat(kept.store.forgotten()).isEqualTo(1);
            }
        }

        @Test
        void leavesTheDiskAlsoWhereTheRecordsAreInAnyOrder() throws IOException {
            try (KeptStore kept = KeptStore.open(path, NEVER)) {
                kept.take(KeptStore.gone("kiwi", 8)).round();
            }
            String gone = text();
            Files.delete(path);
            try (KeptStore kept = KeptStore.open(path, NEVER)) {
                kept.take(KeptStore.at("kiwi", 7)).round();
            }
            Files.writeString(path, gone + text());
            try (KeptStore kept = KeptStore.open(path, SOON)) {
                awaitNewFile(kept);
                assertThat(text()).isEqualTo(gone);
            }
        }

        @Test
        void leavesTheDiskThoughANewFileWasBeingWrittenBefore() throws IOException {
            try (KeptStore kept = KeptStore.open(path, gate.bounds(100 * CLIENTS, 1)); gate) {
                reportAll(kept, CLIENTS);
                kept.take(KeptStore.gone("kiwi", time)).round();
                assertThat(kept.isRewriting()).as("a new file is begun for one of them").isTrue();
                gate.letPass(kept, 20);
                time++;
                for (int i = 0; i < CLIENTS; i++) {
                    kept.take(KeptStore.gone("c" + i, time));
                }
                kept.round();
                gate.open(kept);
                assertThat(text()).doesNotContain(" AT ");
                kept.isWhatIsReplayedFrom(path, "with seed " + seed);
            }
        }
    }

    @Test
    void losesNoUpdateThatComesMeanwhile() {
        try (KeptStore kept = startCompacting(); gate) {
            while (kept.writer.isRewriting()) {
                gate.letPass(kept, 20);
                reportSome(kept);
            }
            reportSome(kept);
            kept.isWhatIsReplayedFrom(path, "with seed " + seed);
        }
    }

    @Test
    void mayBeCutShortByACrashAtAnyStage() throws IOException {
        try (KeptStore kept = startCompacting(); gate) {
            gate.letPass(kept, 0);
            boolean compacting = true;
            for (int stage = 0; compacting; stage++) {
                compacting = kept.writer.isRewriting();
                Path crashed = Files.createDirectory(dir.resolve("crashed-" + stage)).resolve("journal");
                Files.copy(path, crashed);
                Path draft = dir.resolve("journal.new");
                if (Files.exists(draft)) {
                    Files.copy(draft, crashed.resolveSibling("journal.new"));
                }
                assertThat(Files.exists(draft)).as("a new file is being written").isEqualTo(compacting);
                if (compacting) {
                    gate.letPass(kept, 20);
                }
                kept.isWhatIsReplayedFrom(crashed, "after a crash at stage " + stage + " with seed " + seed);
                assertThat(crashed.resolveSibling("journal.new")).doesNotExist();
                reportSome(kept);
            }
        }
    }

    @Test
    void thatLeftHalfAFileBehindIsForgotten() throws IOException {
        try (KeptStore kept = KeptStore.open(path)) {
            kept.take(KeptStore.at("kiwi", 2)).round();
        }
        Files.writeString(dir.resolve("journal.new"), "00000000 AT Alford +0.000000001 kiwi +1+1 99\n0000");
        assertThat(KeptStore.replayed(path)).hasEntrySatisfying("kiwi", line -> assertThat(line).endsWith(" 2"));
        assertThat(dir.resolve("journal.new")).doesNotExist();
    }
}
