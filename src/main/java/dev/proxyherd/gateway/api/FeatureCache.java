package dev.proxyherd.gateway.api;

import dev.proxyherd.foreign.FeatureJson;
import dev.proxyherd.protocol.Location;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Features that were written lately, for two hundred subscribers want the same ones at about the same time. A slot holds
 * one; who comes later takes it over. Some 4 MB at most; any thread may ask.
 */
final class FeatureCache {
    private static final int SLOTS = 8_192;

    private final AtomicReferenceArray<Entry> slots = new AtomicReferenceArray<>(SLOTS);

    private record Entry(Location location, String json) {
    }

    /** The location as a feature. */
    String feature(Location location) {
        int slot = System.identityHashCode(location) & (SLOTS - 1);
        Entry entry = slots.get(slot);
        if (entry != null && entry.location == location) {
            return entry.json;
        }
        StringBuilder json = new StringBuilder(360);
        FeatureJson.feature(json, location);
        String text = json.toString();
        slots.set(slot, new Entry(location, text));
        return text;
    }
}
