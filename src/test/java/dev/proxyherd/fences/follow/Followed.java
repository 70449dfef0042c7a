package dev.proxyherd.fences.follow;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.log.Faults;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.server.Await;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The store of a server, Alford, and what follows its clients; what was told is kept. */
final class Followed implements AutoCloseable {
    static final long NOW = 1_400_000_000;

    final LocationStore store = new LocationStore();
    final List<Crossing> told = new CopyOnWriteArrayList<>();
    final List<String> faults = new CopyOnWriteArrayList<>();
    volatile Fences fences;
    volatile boolean replayed = true;
    volatile Instant now = Instant.ofEpochSecond(NOW);
    final Following following;
    private int marks;

    Followed(Duration expireAfter, Fence... fences) {
        this.fences = SomeFences.compiled(List.of(fences));
        this.following = new Following(() -> this.fences, ServerName.of("Alford"), store,
                new Expiry(expireAfter, () -> now), () -> replayed, new Faults(faults::add));
        following.tell(told::addAll);
    }

    static Followed started(Fence... fences) {
        Followed followed = new Followed(Duration.ZERO, fences);
        followed.following.start();
        return followed;
    }

    /** Follows these from now on, with all clients placed. */
    @SuppressWarnings("ReferenceEquality")
    void change(Fence... others) {
        settle();
        fences = SomeFences.compiled(List.of(others));
        Await.until("these are followed", () -> following.fences() == fences);
    }

    static Location location(String server, String client, double latitude, double longitude, long time) {
        return parsed(String.format(Locale.ROOT, "AT %s +1.000000000 %s %+.6f%+.6f %d", server, client, latitude,
                longitude, time));
    }

    static Location gone(String client, long time) {
        return parsed("GONE Alford +0.000000000 " + client + ' ' + time + ".000000000");
    }

    private static Location parsed(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return Objects.requireNonNull(Location.parse(bytes, 0, bytes.length, 0), line);
    }

    /** A report that this server hears. */
    void hear(String client, double latitude, double longitude, long time) {
        take(location("Alford", client, latitude, longitude, time), null);
    }

    /** A report that another server has heard. */
    void learn(String client, double latitude, double longitude, long time) {
        take(location("Welsh", client, latitude, longitude, time), "Welsh");
    }

    void take(Location location, @Nullable String fromNeighbour) {
        Location taken = store.take(location);
        if (taken != null) {
            following.updated(taken, fromNeighbour == null, fromNeighbour);
        }
    }

    /** All that was told by now, each as "enter yard van 7"; what waits is looked at before. */
    List<String> told() {
        settle();
        return told.stream().filter(one -> !one.client().startsWith("mark")).map(Followed::text).toList();
    }

    static String text(Crossing one) {
        return one.kind().text() + ' ' + one.fence().id() + ' ' + one.client() + ' '
                + one.report().timeNanos() / 1_000_000_000;
    }

    /** Waits until all that was reported before was looked at. */
    void settle() {
        Fence first = fences.areas().getFirst().fence();
        FenceShape.Disc disc = (FenceShape.Disc) first.shape();
        String mark = "mark" + marks++;
        hear(mark, disc.latitude(), disc.longitude(), NOW);
        Await.until("mark told", () -> told.stream().anyMatch(one -> one.client().equals(mark)));
        // So that it costs nothing more.
        take(gone(mark, NOW + 1), null);
    }

    @Override
    public void close() {
        following.close();
    }
}
