package dev.proxyherd.link;

import dev.proxyherd.link.session.Neighbour;
import dev.proxyherd.topology.ServerAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Whom one server has links with. Immutable; another takes its place when the topology changes.
 *
 * @param neighbours by name, in the topology's order
 * @param leaving those that are neighbours no more and whose links have yet to end
 * @param former the names of those that were neighbours since the server's start, and are no more
 * @param told the neighbours and those that are leaving
 */
record Neighbourhood(Map<String, Neighbour> neighbours, List<Neighbour> leaving, Set<String> former,
        List<Neighbour> told) {
    static final Neighbourhood NONE = new Neighbourhood(Map.of(), List.of(), Set.of());

    private Neighbourhood(Map<String, Neighbour> neighbours, List<Neighbour> leaving, Set<String> former) {
        this(Collections.unmodifiableMap(neighbours), List.copyOf(leaving), Set.copyOf(former),
                all(neighbours, leaving));
    }

    private static List<Neighbour> all(Map<String, Neighbour> neighbours, List<Neighbour> leaving) {
        List<Neighbour> all = new ArrayList<>(neighbours.values());
        all.addAll(leaving);
        return List.copyOf(all);
    }

    /** The one of this name, which must be there. */
    Neighbour neighbour(String name) {
        return Objects.requireNonNull(neighbours.get(name), name);
    }

    /** Where each neighbour listens. */
    Map<String, ServerAddress> addresses() {
        Map<String, ServerAddress> addresses = new LinkedHashMap<>();
        neighbours.forEach((name, neighbour) -> addresses.put(name, neighbour.address()));
        return addresses;
    }

    /** With these neighbours: those that are one already are the same objects, the others are made. */
    Neighbourhood with(Map<String, ServerAddress> next, BiFunction<String, ServerAddress, Neighbour> make) {
        Map<String, Neighbour> after = new LinkedHashMap<>();
        next.forEach((name, address) -> {
            Neighbour same = neighbours.get(name);
            after.put(name, same == null ? make.apply(name, address) : same);
        });
        List<Neighbour> leave = new ArrayList<>(leaving);
        leave.removeIf(one -> next.containsKey(one.name()));
        Set<String> were = new HashSet<>(former);
        neighbours.forEach((name, neighbour) -> {
            if (!next.containsKey(name)) {
                leave.add(neighbour);
                were.add(name);
            }
        });
        were.removeAll(next.keySet());
        return new Neighbourhood(after, leave, were);
    }

    /** Without one whose links have ended. */
    Neighbourhood without(Neighbour gone) {
        List<Neighbour> left = new ArrayList<>(leaving);
        left.remove(gone);
        return new Neighbourhood(neighbours, left, former);
    }
}
