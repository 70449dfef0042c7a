package dev.proxyherd.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has changed of one server's neighbours; all others are left as they are.
 *
 * @param added the new ones and where they listen
 * @param moved those that listen elsewhere now
 * @param removed those that are neighbours no more
 */
public record NeighbourChanges(
        Map<String, ServerAddress> added, Map<String, ServerAddress> moved, Set<String> removed) {

    public NeighbourChanges {
        added = Collections.unmodifiableMap(new LinkedHashMap<>(added));
        moved = Collections.unmodifiableMap(new LinkedHashMap<>(moved));
        removed = Collections.unmodifiableSet(new LinkedHashSet<>(removed));
    }

    /** What leads from the neighbours before to those after. */
    public static NeighbourChanges between(Map<String, ServerAddress> before, Map<String, ServerAddress> after) {
        Map<String, ServerAddress> added = new LinkedHashMap<>();
        Map<String, ServerAddress> moved = new LinkedHashMap<>();
        after.forEach((name, address) -> {
            ServerAddress was = before.get(name);
            if (was == null) {
                added.put(name, address);
            } else if (!was.equals(address)) {
                moved.put(name, address);
            }
        });
        Set<String> removed = new LinkedHashSet<>(before.keySet());
        removed.removeAll(after.keySet());
        return new NeighbourChanges(added, moved, removed);
    }

    /** Each change in words. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        added.forEach((name, address) -> words.add(name + " is a neighbour now, at " + address));
        moved.forEach((name, address) -> words.add("the neighbour " + name + " is at " + address + " now"));
        removed.forEach(name -> words.add(name + " is no longer a neighbour"));
        return words;
    }
}
