package dev.proxyherd.gateway.index;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the views that show a client without asking all of them, by what their patterns begin with: a look for each length of such
 * a beginning, of which there are few, however many views there are. Guarded by the lock of the index of all.
 */
final class ViewRoutes {
    private final Map<String, Set<View>> byBeginning = new HashMap<>();

    /** How many beginnings have each length. */
    private final TreeMap<Integer, Integer> lengths = new TreeMap<>();

    void add(View view) {
        for (String beginning : view.patterns().beginnings()) {
            Set<View> same = byBeginning.get(beginning);
            if (same == null) {
                same = new LinkedHashSet<>();
                byBeginning.put(beginning, same);
                lengths.merge(beginning.length(), 1, Integer::sum);
            }
            same.add(view);
        }
    }

    void remove(View view) {
        for (String beginning : view.patterns().beginnings()) {
            Set<View> same = byBeginning.get(beginning);
            if (same != null && same.remove(view) && same.isEmpty()) {
                byBeginning.remove(beginning);
                lengths.computeIfPresent(beginning.length(), (length, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /** Those that show it. */
    Set<View> of(String client) {
        Set<View> found = new LinkedHashSet<>();
        for (int length : lengths.keySet()) {
            if (length > client.length()) {
                break;
            }
            for (View view : byBeginning.getOrDefault(client.substring(0, length), Set.of())) {
                if (view.shows(client)) {
                    found.add(view);
                }
            }
        }
        return found;
    }
}
