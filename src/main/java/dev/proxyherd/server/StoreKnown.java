package dev.proxyherd.server;

import dev.proxyherd.gateway.index.ClientSource;
import dev.proxyherd.journal.Journal;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.StoreView;
import dev.proxyherd.store.UpdateListener;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lets the gateway see a store.
 *
 * @param journal null when none is kept
 * @param teller lets a listener hear of every accepted update from now on
 */
record StoreKnown(LocationStore store, StoreView view, Expiry expiry, @Nullable Journal journal,
        Consumer<UpdateListener> teller) implements ClientSource {
    private static final Duration REPLAY_LIMIT = Duration.ofMinutes(10);

    @Override
    public @Nullable Location find(String client) {
        return view.find(client);
    }

    @Override
    public boolean isForgotten(String client) {
        Location location = store.find(client);
        return location != null && location.isGone();
    }

    @Override
    public int size() {
        return store.size();
    }

    @Override
    public int forgotten() {
        return store.forgotten();
    }

    @Override
    public Iterator<Location> all() {
        if (journal != null) {
            // What is replayed goes into the store without anybody being told.
            journal.awaitReplayed(REPLAY_LIMIT);
        }
        return IntStream.range(0, LocationStore.BUCKETS).boxed()
                .flatMap(bucket -> store.bucket(bucket).stream()).iterator();
    }

    @Override
    public void subscribe(UpdateListener listener) {
        teller.accept(listener);
    }

    @Override
    public long cutoffNanos() {
        return expiry.cutoffs().locationNanos();
    }
}
