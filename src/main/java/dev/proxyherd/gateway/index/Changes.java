package dev.proxyherd.gateway.index;

import dev.proxyherd.protocol.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * Part of what has changed.
 *
 * @param locations the newest of each client, in the order of change
 * @param forgotten IDs of clients that the server has forgotten, or that are not in the reader's box any more
 * @param last the number to go on from
 * @param more whether there was more than the limit
 */
public record Changes(List<Location> locations, List<String> forgotten, long last, boolean more) {

    /** Collects changes that come in their order. */
    static final class Builder {
        private final List<Location> locations = new ArrayList<>();
        private final List<String> forgotten = new ArrayList<>();
        private final int limit;
        private long last;
        private boolean more;

        Builder(long from, int limit) {
            this.last = from;
            this.limit = limit;
        }

        boolean skip(long number) {
            last = number;
            return true;
        }

        /** Takes a location up; false, without taking it, if it is one too many. */
        boolean add(Location location, long number) {
            return take(locations, location, number);
        }

        /** The same for the ID of one that is gone. */
        boolean forget(String client, long number) {
            return take(forgotten, client, number);
        }

        private <T> boolean take(List<T> list, T one, long number) {
            if (locations.size() + forgotten.size() == limit) {
                more = true;
                return false;
            }
            list.add(one);
            last = number;
            return true;
        }

        Changes build() {
            return new Changes(List.copyOf(locations), List.copyOf(forgotten), last, more);
        }
    }

    /** Collects the oldest changes of many that come in no order. */
    static final class Sorter {
        private final PriorityQueue<Numbered> oldest =
                new PriorityQueue<>(Comparator.comparingLong(Numbered::number).reversed());
        private final long from;
        private final int limit;
        private boolean more;

        private record Numbered(Location location, long number) {
        }

        Sorter(long from, int limit) {
            this.from = from;
            this.limit = limit;
        }

        void offer(TrackedClient client, long number) {
            if (number <= from || (more && number >= oldest.element().number)) {
                return;
            }
            oldest.add(new Numbered(Objects.requireNonNull(client.location(), "forgotten, but offered"), number));
            if (oldest.size() > limit) {
                oldest.remove();
                more = true;
            }
        }

        /** @param newest the number to go on from when all were found */
        Changes build(long newest) {
            List<Numbered> sorted = oldest.stream().sorted(Comparator.comparingLong(Numbered::number)).toList();
            return new Changes(sorted.stream().map(Numbered::location).toList(), List.of(),
                    more ? sorted.getLast().number : Math.max(from, newest), more);
        }
    }
}
