package dev.proxyherd.gateway.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long things took, by kind and outcome. Recording costs some nanoseconds and no allocation once a kind and outcome
 * has been seen, so they are looked up one after the other; any thread may.
 */
public final class Timings {
    private final Map<String, Map<String, Durations>> times = new ConcurrentHashMap<>();

    /**
     * What was measured.
     *
     * @param kind such as IAMAT
     * @param outcome such as ok
     */
    record Key(String kind, String outcome) {
    }

    /** Where to record a kind and outcome; the same object each time, worth keeping. */
    public Durations of(String kind, String outcome) {
        Map<String, Durations> ofKind = times.get(kind);
        Durations seen = ofKind == null ? null : ofKind.get(outcome);
        return seen == null ? begun(kind, outcome) : seen;
    }

    private Durations begun(String kind, String outcome) {
        return times.computeIfAbsent(kind, first -> new ConcurrentHashMap<>())
                .computeIfAbsent(outcome, first -> new Durations());
    }

    /** All that were measured so far, in the order of their names. */
    Map<Key, Durations> all() {
        Map<Key, Durations> sorted = new TreeMap<>(
                (a, b) -> a.kind.equals(b.kind) ? a.outcome.compareTo(b.outcome) : a.kind.compareTo(b.kind));
        times.forEach(
                (kind, outcomes) -> outcomes.forEach((outcome, took) -> sorted.put(new Key(kind, outcome), took)));
        return sorted;
    }
}
