package dev.proxyherd.gateway.index;

import dev.proxyherd.rights.ClientPatterns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A view for each set of clients that somebody may see who may not see all, from the first request on that needs it.
 *
 * <p>Whether a client belongs to a view is asked once, as its ID does not change: of all clients when a view is opened, and of
 * the views that may show it when a client is new. So an update costs no pattern, and whoever sees one client of a million has work done for
 * one. Together views hold no more clients than there are, or {@value #LEAST}; those go first that were used longest ago.
 */
final class Views implements ClientIndex.Follower {
    static final int LEAST = 100_000;

    /** How many views there may be, however small. */
    static final int MOST = 16_384;

    /** How many clients are looked at under one hold of the index's lock. */
    private static final int BATCH = 4_096;

    private static final Duration OPEN_LIMIT = Duration.ofSeconds(10);

    private final int maxForgotten;
    private final Map<ClientPatterns, View> ready = new ConcurrentHashMap<>();
    private final AtomicLong uses = new AtomicLong();

    /** Held by who opens one, for a server has better to do than opening several at once. */
    private final ReentrantLock opening = new ReentrantLock();

    /** Those that are open or being opened; guarded by the index's lock, as is all that follows. */
    private final List<View> open = new ArrayList<>();
    private final ViewRoutes routes = new ViewRoutes();
    private final List<View> touched = new ArrayList<>();
    private long clients;
    private boolean closed;

    Views(int maxForgotten) {
        this.maxForgotten = maxForgotten;
    }

    /**
     * The index of those clients.
     *
     * @param all the index of all clients, which tells this of its changes
     * @throws IndexUnavailableException if so many views are being opened that this one takes too long
     */
    ClientIndex of(ClientPatterns patterns, ClientIndex all) throws IndexUnavailableException {
        View known = ready.get(patterns);
        View view = known == null ? open(patterns, all) : known;
        view.lastUse = uses.incrementAndGet();
        return view.index;
    }

    /** Notes that a view is in use still; false if this is not the index of it any more. */
    boolean isStill(ClientPatterns patterns, ClientIndex index) {
        View known = ready.get(patterns);
        if (known == null || known.index != index) {
            return false;
        }
        known.lastUse = uses.incrementAndGet();
        return true;
    }

    private View open(ClientPatterns patterns, ClientIndex all) throws IndexUnavailableException {
        try {
            if (!opening.tryLock(OPEN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IndexUnavailableException("the clients that this token may see are being looked up; try "
                        + "again in some seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexUnavailableException("this server stops, or the request took too long");
        }
        try {
            View other = ready.get(patterns);
            return other == null ? fill(new View(patterns, maxForgotten), all) : other;
        } finally {
            opening.unlock();
        }
    }

    private View fill(View view, ClientIndex all) throws IndexUnavailableException {
        List<TrackedClient> known = new ArrayList<>();
        view.lastUse = uses.incrementAndGet();
        all.whileStill(() -> {
            if (!closed) {
                // From here on it hears of new clients; those before are looked at below.
                open.add(view);
                routes.add(view);
                known.addAll(all.inOrder());
            }
        });
        for (int from = 0; from < known.size(); from += BATCH) {
            List<TrackedClient> batch = known.subList(from, Math.min(known.size(), from + BATCH));
            all.whileStill(() -> {
                batch.forEach(client -> showIn(view, client));
                caughtUp(all);
            });
        }
        all.whileStill(() -> {
            if (open.contains(view)) {
                ready.put(view.patterns(), view);
            }
        });
        if (!ready.containsKey(view.patterns())) {
            throw new IndexUnavailableException("there is no room for what this token may see; try again in some seconds");
        }
        return view;
    }

    private void showIn(View view, TrackedClient client) {
        if (client.location() != null && !List.of(client.views).contains(view) && view.shows(client.client())) {
            join(view, client);
            note(view, client);
        }
    }

    private static void join(View view, TrackedClient client) {
        client.views = Arrays.copyOf(client.views, client.views.length + 1);
        client.views[client.views.length - 1] = view;
    }

    @Override
    public void added(TrackedClient client) {
        if (!open.isEmpty()) {
            routes.of(client.client()).forEach(view -> join(view, client));
        }
    }

    @Override
    public void changed(TrackedClient client) {
        for (View view : client.views) {
            note(view, client);
        }
    }

    private void note(View view, TrackedClient client) {
        if (view.note(client)) {
            touched.add(view);
        }
    }

    @Override
    public void caughtUp(ClientIndex all) {
        for (View view : touched) {
            view.catchUp();
            clients += view.index.size() - view.counted;
            view.counted = view.index.size();
        }
        touched.clear();
        while (open.size() > 1 && (open.size() > MOST || clients > Math.max(LEAST, all.size()))) {
            drop(open.stream().min(Comparator.comparingLong(view -> view.lastUse)).orElseThrow(), all);
        }
    }

    private void drop(View view, ClientIndex all) {
        open.remove(view);
        routes.remove(view);
        ready.remove(view.patterns(), view);
        clients -= view.counted;
        view.index.signal().close();
        for (TrackedClient one : view.index.inOrder()) {
            TrackedClient client = all.known(one.client());
            if (client != null) {
                client.views = Arrays.stream(client.views).filter(other -> other != view).toArray(View[]::new);
            }
        }
    }

    /** Ends what goes on in views, and opens no more. */
    void close(ClientIndex all) {
        all.whileStill(() -> {
            closed = true;
            open.forEach(view -> view.index.signal().close());
        });
    }
}
