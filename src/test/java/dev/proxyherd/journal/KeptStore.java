package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.OwnerOnly;
import dev.proxyherd.journal.file.ChannelOpener;
import dev.proxyherd.journal.file.JournalDisk;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.protocol.SipHash;
import dev.proxyherd.server.Await;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** A store and the journal that keeps it, round by round as the test wants it. Not closing it is a crash. */
public final class KeptStore implements AutoCloseable {
    private static final Expiry NO_EXPIRY = new Expiry(Duration.ZERO, InstantSource.system());

    private final ChangedClients changed = new ChangedClients(false);
    public final LocationStore store = new LocationStore(SipHash.unkeyed(), changed);
    private final OpenJournal opened;
    final JournalWriter writer;
    private final List<String> notes = new ArrayList<>();
    private final Semaphore rewritten = new Semaphore(0);

    private KeptStore(Path path, Expiry expiry, ChannelOpener disk, JournalBounds bounds, int maxClients) {
        JournalSettings settings =
                new JournalSettings(path, "Alford", FsyncPolicy.ALWAYS, expiry, Rejoin.ASK, notes::add);
        try {
            opened = OpenJournal.open(settings, new JournalDisk(disk));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writer = new JournalWriter(settings, opened, new Room(store, maxClients, notes::add), changed, bounds,
                rewritten::release);
    }

    /** Opens a journal and replays it. */
    public static KeptStore open(Path path) {
        return open(path, NO_EXPIRY);
    }

    /** One whose journal the test replays itself. */
    static KeptStore unopened(Path path) {
        return new KeptStore(path, NO_EXPIRY, OwnerOnly::open, JournalBounds.standard(), Integer.MAX_VALUE);
    }

    public static KeptStore open(Path path, Expiry expiry) {
        return open(path, expiry, OwnerOnly::open, JournalBounds.standard());
    }

    /** On a disk of the test's own. */
    public static KeptStore open(Path path, ChannelOpener disk) {
        return open(path, NO_EXPIRY, disk, JournalBounds.standard());
    }

    public static KeptStore open(Path path, ChannelOpener disk, JournalBounds bounds) {
        return open(path, NO_EXPIRY, disk, bounds);
    }

    public static KeptStore open(Path path, JournalBounds bounds) {
        return open(path, NO_EXPIRY, OwnerOnly::open, bounds);
    }

    public static KeptStore open(Path path, Expiry expiry, ChannelOpener disk, JournalBounds bounds) {
        KeptStore kept = new KeptStore(path, expiry, disk, bounds, Integer.MAX_VALUE);
        kept.writer.replay(() -> true);
        return kept;
    }

    /** In a store that has room for so many clients. */
    static KeptStore openWithRoom(Path path, int maxClients, ChannelOpener disk, JournalBounds bounds) {
        KeptStore kept = new KeptStore(path, NO_EXPIRY, disk, bounds, maxClients);
        kept.writer.replay(() -> true);
        return kept;
    }

    /** What a journal would give a server that started now. */
    public static Map<String, String> replayed(Path path) {
        try (KeptStore kept = open(path)) {
            return kept.content();
        }
    }

    /** A location of a client at a time of this many seconds. */
    public static Location at(String client, long seconds) {
        return RandomLocations.at("AT Alford +0.000000001 " + client + " +34.5-118.25 " + seconds);
    }

    /** That a client was forgotten, at a time of this many seconds. */
    public static Location gone(String client, long seconds) {
        return RandomLocations.at("GONE Alford +0.000000001 " + client + ' ' + seconds + ".000000000");
    }

    public KeptStore take(Location location) {
        store.take(location);
        return this;
    }

    /** Writes what has changed. */
    public KeptStore round() {
        writer.round();
        writer.upkeep();
        return this;
    }

    /** Why nothing can be written, or null. */
    String failure() {
        return opened.current().failure();
    }

    long bytes() {
        return opened.current().bytes();
    }

    long records() {
        return opened.current().records();
    }

    /** How many records stay in the file for a start with more room. */
    long unread() {
        return opened.current().unread();
    }

    public boolean isRewriting() {
        return writer.isRewriting();
    }

    /** Waits until a new file is written, which {@link #round} will take over. */
    void awaitRewritten() {
        Await.until("a new file is written", rewritten::tryAcquire);
    }

    public List<String> notes() {
        return notes;
    }

    /** Checks that the journal in this file would give a new server what this one knows; a failure names few clients. */
    public void isWhatIsReplayedFrom(Path path, String when) {
        Map<String, String> replayed = replayed(path);
        assertThat(content().entrySet().stream()
                .filter(known -> !known.getValue().equals(replayed.get(known.getKey()))).limit(10))
                .as("what is not replayed as it was known, " + when).isEmpty();
        assertThat(replayed.keySet().stream().filter(client -> store.find(client) == null).limit(10))
                .as("what is replayed and was not known, " + when).isEmpty();
    }

    /** AT lines by client. */
    public Map<String, String> content() {
        Map<String, String> lines = new TreeMap<>();
        store.forEach(location -> lines.put(location.client(), location.toString()));
        return lines;
    }

    @Override
    public void close() {
        writer.close();
    }
}
