package dev.proxyherd.cli.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Where servers, and what is fed by them, keep what the herd has erased.
 *
 * @param folder the state folder of servers that are started here; those on other machines may have another
 * @param servers their names
 */
record Elsewhere(String folder, Collection<String> servers) {
    private static final List<String> FILES = List.of(
            "server-*.log and server-*.log.[1-3], the traffic logs, until newer lines take their place",
            "server-*.journal, which is written anew within a minute",
            "server-*.journal.unreadable-* and server-*.journal.relearned-*, journals that were set aside, until "
                    + "somebody deletes them",
            "server-*.outbox, messages to webhooks, which is written anew within a minute too, or where a server runs without "
                    + "--fences, until somebody deletes it");
    private static final String COPIES =
            "copies of these that somebody has made, what readers of the API and of events, and receivers of webhooks, have kept, "
                    + "and topics of Kafka: the shared one until Kafka compacts it, a history until its retention is over";

    private String folders() {
        return "the state folder of " + String.join(", ", servers) + " (" + folder
                + " there, or what its --state-dir names)";
    }

    /** For people: each folder once. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(folders() + ':');
        FILES.forEach(file -> lines.add("  " + file));
        lines.add(COPIES);
        return lines;
    }

    /** For programs: each place by itself. */
    List<String> places() {
        List<String> places = new ArrayList<>();
        FILES.forEach(file -> places.add(folders() + ": " + file));
        places.add(COPIES);
        return places;
    }
}
