package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What servers have acknowledged so far, and what must therefore never be forgotten. Safe for any number of threads. */
public final class Acknowledged {
    private final Map<String, Location> newest = new ConcurrentHashMap<>();
    private final AtomicLong answers = new AtomicLong();

    /** Takes a server's answer to an IAMAT. */
    public void add(String answer) {
        Location location = RandomLocations.at(answer);
        newest.merge(location.client(), location, Location::newest);
        answers.incrementAndGet();
    }

    /** How many answers there were. */
    public long answers() {
        return answers.get();
    }

    /** How many clients have had an answer. */
    public int clients() {
        return newest.size();
    }

    /** What has been acknowledged until now. */
    public Acknowledged copy() {
        Acknowledged copy = new Acknowledged();
        copy.newest.putAll(newest);
        return copy;
    }

    /** Checks that everything is there, or something newer. */
    public void isIn(Map<String, String> stored, String when) {
        List<String> lost = newest.values().stream()
                .filter(location -> isLost(location, stored.get(location.client())))
                .map(location -> location + " but found " + stored.get(location.client()))
                .limit(10).toList();
        assertThat(lost).as("acknowledged but lost, " + when).isEmpty();
    }

    private static boolean isLost(Location location, String stored) {
        return stored == null || Location.wins(location, RandomLocations.at(stored));
    }
}
