package dev.proxyherd.server.survey;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.ForgetOutcome;
import dev.proxyherd.store.Forgetter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has a herd forget clients: asks servers for what they hold, has one of them write down that the clients are gone, at
 * times past the newest of that, and waits until those that were asked hold it too. The caller's thread waits for all.
 */
public final class HerdForget {
    /** So many clients at a time; each server must be done with them within the survey's limit. */
    public static final int BATCH = 200;

    private static final long SHORTEST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final HerdSurvey survey;
    private final Collection<String> servers;
    private final Scribe scribe;
    private final Duration patience;

    /** The server that writes. */
    public interface Scribe {
        /** Whether it holds something of the client that has not been forgotten, and is not asked like the others. */
        boolean knows(String client);

        /**
         * Writes that clients are gone.
         *
         * @param asked the servers that could be asked what they hold
         * @param times for each client the least time to write, POSIX nanoseconds
         * @return the GONE lines, in the same order
         * @throws IOException if nobody could; the message says why
         */
        List<String> write(List<String> asked, Map<String, Long> times) throws IOException, InterruptedException;
    }

    /**
     * @param servers those that are asked
     * @param patience how long it may take, once all is written, until they hold it
     */
    public HerdForget(HerdSurvey survey, Collection<String> servers, Scribe scribe, Duration patience) {
        this.survey = survey;
        this.servers = List.copyOf(servers);
        this.scribe = scribe;
        this.patience = patience;
    }

    /**
     * Forgets clients.
     *
     * @param clients IDs, {@value #BATCH} at the most
     * @throws PartlyForgottenException if some may have been written, and who wrote did not say so
     * @throws IOException if nothing could be written; the message says why
     */
    public ForgetOutcome forget(List<String> clients) throws IOException, InterruptedException {
        Map<String, Long> times = new LinkedHashMap<>();
        Map<String, String> unasked = new LinkedHashMap<>();
        Set<String> known = new LinkedHashSet<>();
        clients.forEach(client -> times.put(client, 0L));
        for (Map.Entry<String, List<TracedClient>> held : survey.trace(servers, clients).entrySet()) {
            String failure = failure(held.getValue());
            if (failure != null) {
                unasked.put(held.getKey(), failure);
            }
            for (int i = 0; i < clients.size(); i++) {
                Location location = held.getValue().get(i).location();
                if (location != null) {
                    times.merge(clients.get(i), Forgetter.erasing(location), Math::max);
                    known.add(clients.get(i));
                }
            }
        }
        List<String> unknown = unasked.isEmpty()
                ? clients.stream().filter(client -> !known.contains(client) && !scribe.knows(client)).toList()
                : List.of();
        unknown.forEach(times::remove);
        Map<String, String> gone = write(times, unasked);
        return new ForgetOutcome(gone, unknown, unasked, awaitHeld(gone, unasked.keySet()));
    }

    private static @Nullable String failure(List<TracedClient> held) {
        return held.stream().map(TracedClient::failure).filter(one -> one != null).findFirst().orElse(null);
    }

    private Map<String, String> write(Map<String, Long> times, Map<String, String> unasked)
            throws IOException, InterruptedException {
        Map<String, String> gone = new LinkedHashMap<>();
        if (!times.isEmpty()) {
            List<String> asked = servers.stream().filter(server -> !unasked.containsKey(server)).toList();
            List<String> lines = scribe.write(asked, times);
            int i = 0;
            for (String client : times.keySet()) {
                gone.put(client, lines.get(i++));
            }
        }
        return gone;
    }

    /** Waits until all servers that were asked hold these lines, or newer ones, and returns those that do not in time. */
    private List<String> awaitHeld(Map<String, String> gone, Set<String> unasked) throws InterruptedException {
        List<String> waiting = new ArrayList<>(gone.isEmpty() ? List.of() : servers);
        waiting.removeAll(unasked);
        List<Location> wanted = gone.values().stream().map(TracedClient::location).toList();
        long end = System.nanoTime() + patience.toNanos();
        long pauseMillis = SHORTEST_PAUSE_MILLIS;
        while (!waiting.isEmpty() && System.nanoTime() - end < 0) {
            survey.trace(waiting, List.copyOf(gone.keySet())).forEach((server, held) -> {
                if (holds(held, wanted)) {
                    waiting.remove(server);
                }
            });
            if (!waiting.isEmpty()) {
                Thread.sleep(pauseMillis);
                pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
            }
        }
        return waiting;
    }

    private static boolean holds(List<TracedClient> held, List<Location> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            Location location = held.get(i).location();
            if (location == null || Location.wins(wanted.get(i), location)) {
                return false;
            }
        }
        return true;
    }
}
