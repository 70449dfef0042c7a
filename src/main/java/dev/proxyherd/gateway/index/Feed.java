package dev.proxyherd.gateway.index;

import dev.proxyherd.log.Endless;
import dev.proxyherd.log.Faults;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.store.UpdateListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the API and its subscribers see up to date: owns the index of clients and the thread, {@code feed}, that fills it.
 *
 * <p>It starts with the first request that needs it. Accepted updates then wait in {@link PendingUpdates}, which costs whoever brings them a
 * map entry; the feed's own thread, or a request that must see them, moves them over. So neither a client nor
 * a neighbour ever waits for a request, and a subscriber that lags costs nothing but its own thread: it asks for what has
 * changed since the number it knows.
 */
public final class Feed implements UpdateListener, AutoCloseable {
    /** How long updates gather before the feed's thread moves them over. */
    private static final Duration GATHER = Duration.ofMillis(10);

    /** How many stored locations are loaded under one hold of the index's lock. */
    private static final int BATCH = 4_096;

    private static final Duration LOAD_LIMIT = Duration.ofSeconds(10);

    private final ClientSource clients;
    private final PendingUpdates pending = new PendingUpdates();
    private final ClientIndex index;
    private final Views views;
    private final Faults faults;
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable Thread thread;

    /** Whether the index may lack what the store has: before the first load, and after a fault, which may have lost updates. */
    private volatile boolean stale = true;

    /**
     * @param faults is told what the feed's thread survives
     * @param run names this run of the feed in cursors
     * @param maxForgotten how many forgotten clients are kept for subscribers to be told
     */
    public Feed(ClientSource clients, Faults faults, String run, int maxForgotten) {
        this.views = new Views(maxForgotten);
        this.index = new ClientIndex(run, maxForgotten, clients::isForgotten, views);
        this.faults = faults;
        this.clients = clients;
    }

    @Override
    public void updated(Location location, boolean isHeard, @Nullable String fromNeighbour) {
        pending.add(location);
    }

    /**
     * What somebody may see, with all in it that was accepted before this call. What they may not see is not in there: neither
     * its order, nor its counts, nor when it changes tells that there is more.
     *
     * @throws IndexUnavailableException if it cannot be asked now
     */
    public ClientIndex index(Rights rights) throws IndexUnavailableException {
        ClientIndex all = index();
        return rights.seesAll() ? all : views.of(rights.see(), all);
    }

    /** As {@link #index(Rights)}, but for who would not wait for it: null while what the store held is not all here. */
    public @Nullable ClientIndex indexIfReady(Rights rights) {
        if (thread == null) {
            start();
        }
        try {
            return loaded.getCount() > 0 ? null : index(rights);
        } catch (IndexUnavailableException e) {
            return null;
        }
    }

    /** Notes that what {@link #index(Rights)} gave is in use still; false if it is dated, and to be asked for anew. */
    public boolean isStill(ClientIndex given, Rights rights) {
        return rights.seesAll() || views.isStill(rights.see(), given);
    }

    /**
     * The index, with all in it that was accepted before this call. Starts the feed if that has not been done.
     *
     * @throws IndexUnavailableException if what the store held is not all here within ten seconds
     */
    ClientIndex index() throws IndexUnavailableException {
        if (thread == null) {
            start();
        }
        try {
            if (!loaded.await(LOAD_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IndexUnavailableException(
                        "the index of clients is still being built; try again in some seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexUnavailableException("this server stops, or the request took too long");
        }
        catchUp();
        return index;
    }

    private void catchUp() {
        try {
            // Where nothing is to be taken over, nor being taken over just now, those who search do not wait for each other.
            if (!pending.isEmpty() || index.isChanging()) {
                index.takeOver(pending::take);
            }
        } catch (RuntimeException | Error fault) {
            // What was taken from there may not have arrived. The store has it, and the feed's next round loads that.
            stale = true;
            throw fault;
        }
        index.forgetBefore(clients.cutoffNanos());
    }

    private void start() {
        starting.lock();
        try {
            if (thread == null && index.signal().isOpen()) {
                // First subscribe, then read the store: so nothing falls between.
                clients.subscribe(this);
                thread = Thread.ofVirtual().start(new Endless("feed", faults, this::round));
            }
        } finally {
            starting.unlock();
        }
    }

    private boolean round() throws InterruptedException {
        if (stale) {
            stale = false;
            try {
                load();
            } catch (RuntimeException | Error fault) {
                stale = true;
                throw fault;
            }
            loaded.countDown();
        }
        if (!index.signal().pause(GATHER)) {
            return false;
        }
        pending.await(ClientIndex.EXPIRY_PACE);
        catchUp();
        return true;
    }

    private void load() {
        Iterator<Location> stored = clients.all();
        List<Location> batch = new ArrayList<>(BATCH);
        while (stored.hasNext() && index.signal().isOpen()) {
            for (int i = 0; i < BATCH && stored.hasNext(); i++) {
                batch.add(stored.next());
            }
            index.takeOver(() -> batch);
            batch.clear();
        }
    }

    @Override
    public void close() {
        index.signal().close();
        views.close(index);
        starting.lock();
        try {
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            starting.unlock();
        }
    }
}
