package dev.proxyherd.journal;

import static dev.proxyherd.protocol.RandomLocations.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.protocol.Location;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one thread hands over another merges, all of it and in order, or the first hears why not. */
class MergeThreadTest {
    /** More than may wait at once. */
    private static final int MANY = 20_000;

    private static Location location(int i) {
        return at("AT A +0.000000000 c" + i + " +1+1 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, MANY})
    void mergesAllInOrderBeforeItEnds(int count) throws InterruptedIOException {
        List<String> merged = new ArrayList<>();
        List<String> added = new ArrayList<>();
        try (MergeThread merging = new MergeThread(location -> merged.add(location.client()))) {
            for (int i = 0; i < count; i++) {
                merging.add(location(i));
                added.add("c" + i);
            }
            merging.end();
            assertThat(merged).isEqualTo(added);
        }
    }

    @Test
    void tellsWhoeverHandsOverThatMemoryIsOut() {
        OutOfMemoryError out = new OutOfMemoryError("a test");
        assertThatThrownBy(() -> {
            try (MergeThread merging = new MergeThread(location -> {
                throw out;
            })) {
                for (int i = 0; i < MANY; i++) {
                    merging.add(location(i));
                }
            }
        }).isSameAs(out);
    }

    @Test
    void tellsAtTheEndWhatTheLastOnesFailedWith() {
        IllegalStateException failure = new IllegalStateException("a test");
        assertThatThrownBy(() -> {
            try (MergeThread merging = new MergeThread(location -> {
                throw failure;
            })) {
                merging.add(location(0));
                merging.end();
            }
        }).isSameAs(failure);
    }
}
