package dev.proxyherd.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.OwnerOnly;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A store and the journal that keeps it, round by round as the test wants it. Not closing it is a crash. */
final class KeptStore implements AutoCloseable {
    private static final Expiry NO_EXPIRY = new Expiry(Duration.ZERO, InstantSource.system());

    private final ChangedClients changed = new ChangedClients(false);
    final LocationStore store = new LocationStore(changed);
    final JournalWriter writer;
    private final List<String> notes = new ArrayList<>();

    private KeptStore(Path path, Expiry expiry, ChannelOpener disk, JournalBounds bounds) {
        writer = new JournalWriter(path, FsyncPolicy.ALWAYS, store, changed, expiry, notes::add, disk, bounds);
    }

    /** Opens a journal and replays it. */
    static KeptStore open(Path path) {
        return open(path, NO_EXPIRY);
    }

    /** One whose journal the test replays itself. */
    static KeptStore unopened(Path path) {
        return new KeptStore(path, NO_EXPIRY, OwnerOnly::open, JournalBounds.standard()).opened();
    }

    static KeptStore open(Path path, Expiry expiry) {
        return open(path, expiry, OwnerOnly::open, JournalBounds.standard());
    }

    /** On a disk of the test's own. */
    static KeptStore open(Path path, ChannelOpener disk) {
        return open(path, NO_EXPIRY, disk, JournalBounds.standard());
    }

    static KeptStore open(Path path, ChannelOpener disk, JournalBounds bounds) {
        return open(path, NO_EXPIRY, disk, bounds);
    }

    static KeptStore open(Path path, JournalBounds bounds) {
        return open(path, NO_EXPIRY, OwnerOnly::open, bounds);
    }

    static KeptStore open(Path path, Expiry expiry, ChannelOpener disk, JournalBounds bounds) {
        KeptStore kept = new KeptStore(path, expiry, disk, bounds);
        kept.opened().writer.replay(() -> true);
        return kept;
    }

    private KeptStore opened() {
        try {
            writer.open();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a journal would give a server that started now. */
    static Map<String, String> replayed(Path path) {
        try (KeptStore kept = open(path)) {
            return kept.content();
        }
    }

    /** A location of a client at a time of this many seconds. */
    static Location at(String client, long seconds) {
        return RandomLocations.at("AT Alford +0.000000001 " + client + " +34.5-118.25 " + seconds);
    }

    KeptStore take(Location location) {
        store.take(location);
        return this;
    }

    /** Writes what has changed. */
    KeptStore round() {
        writer.round();
        writer.upkeep();
        return this;
    }

    List<String> notes() {
        return notes;
    }

    /** Checks that the journal in this file would give a new server what this one knows; a failure names few clients. */
    void isWhatIsReplayedFrom(Path path, String when) {
        Map<String, String> replayed = replayed(path);
        assertThat(content().entrySet().stream()
                .filter(known -> !known.getValue().equals(replayed.get(known.getKey()))).limit(10))
                .as("what is not replayed as it was known, " + when).isEmpty();
        assertThat(replayed.keySet().stream().filter(client -> store.find(client) == null).limit(10))
                .as("what is replayed and was not known, " + when).isEmpty();
    }

    /** AT lines by client. */
    Map<String, String> content() {
        Map<String, String> lines = new TreeMap<>();
        store.forEach(location -> lines.put(location.client(), location.toString()));
        return lines;
    }

    @Override
    public void close() {
        writer.close();
    }
}
