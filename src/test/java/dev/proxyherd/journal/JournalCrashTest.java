package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash at any byte: all whole records before it are known again, the rest is cut, and the file goes on. */
class JournalCrashTest {
    private static final int READ_BUFFER = 1024 * 1024;

    @TempDir
    private Path dir;

    private Path path;

    @BeforeEach
    void name() {
        path = dir.resolve("journal");
    }

    /** Writes a journal, one record a client, and returns where its records end. */
    private List<Integer> write(List<Location> locations) {
        List<Integer> ends = new ArrayList<>(List.of(0));
        try (KeptStore kept = KeptStore.open(path)) {
            for (Location location : locations) {
                kept.take(location).round();
                ends.add((int) kept.bytes());
            }
        }
        return ends;
    }

    private void recoversFrom(byte[] whole, int cut, List<Integer> ends) throws IOException {
        Files.write(path, Arrays.copyOf(whole, cut));
        int complete = (int) ends.stream().filter(end -> end <= cut).count() - 1;
        boolean torn = !ends.contains(cut);
        try (KeptStore kept = KeptStore.open(path)) {
            assertThat(kept.store.records()).as("records known after a crash at byte " + cut).isEqualTo(complete);
            assertThat(kept.notes().stream()
                    .filter(note -> note.contains("unfinished write at offset " + ends.get(complete))))
                    .as("notes of a torn tail after a crash at byte " + cut).hasSize(torn ? 1 : 0);
            kept.take(KeptStore.at("later", 5)).round();
        }
        try (KeptStore again = KeptStore.open(path)) {
            assertThat(again.store.records()).as("records known after what came later").isEqualTo(complete + 1);
            assertThat(again.notes()).singleElement().asString().contains((complete + 1) + " records replayed");
        }
    }

    @Test
    void inASmallJournalLosesNothingWhole() throws IOException {
        List<Integer> ends = write(List.of(
                KeptStore.at("kiwi", 1), KeptStore.gone("emu", 1), KeptStore.at("a", 1400794645),
                KeptStore.at("p".repeat(40), 2),
                KeptStore.at("AT", 3)));
        byte[] whole = Files.readAllBytes(path);
        for (int cut = 0; cut <= whole.length; cut++) {
            recoversFrom(whole, cut, ends);
        }
    }

    @Test
    void aroundTheBordersOfRecordsAndOfReadsLosesNothingWhole() throws IOException {
        List<Location> large = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            large.add(KeptStore.at(i + "p".repeat(30_000 + i), i));
        }
        List<Integer> ends = write(large);
        byte[] whole = Files.readAllBytes(path);
        assertThat(whole.length).isGreaterThan(READ_BUFFER);
        Set<Integer> cuts = new TreeSet<>(List.of(READ_BUFFER - 1, READ_BUFFER, READ_BUFFER + 1));
        for (int i = 0; i < ends.size(); i += 3) {
            cuts.addAll(List.of(Math.max(0, ends.get(i) - 1), ends.get(i), Math.min(whole.length, ends.get(i) + 1)));
        }
        for (int cut : cuts) {
            recoversFrom(whole, cut, ends);
        }
    }

    @Test
    void thatLeavesZerosAtTheEndLosesNothingWhole() throws IOException {
        List<Integer> ends = write(List.of(KeptStore.at("kiwi", 1), KeptStore.at("emu", 2)));
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(whole, whole.length + 5000));
        try (KeptStore kept = KeptStore.open(path)) {
            assertThat(kept.content()).containsOnlyKeys("kiwi", "emu");
            assertThat(kept.notes()).anyMatch(note -> note.contains("cut 5000 bytes"));
            assertThat(Files.size(path)).isEqualTo(ends.getLast().longValue());
        }
    }

    @Test
    void beforeAnythingWasWrittenLeavesAnEmptyJournal() throws IOException {
        Files.createFile(path);
        try (KeptStore kept = KeptStore.open(path)) {
            assertThat(kept.content()).isEmpty();
            kept.take(KeptStore.at("kiwi", 1)).round();
        }
        assertThat(KeptStore.replayed(path)).containsOnlyKeys("kiwi");
    }
}
