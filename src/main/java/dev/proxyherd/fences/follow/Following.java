package dev.proxyherd.fences.follow;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingKind;
import dev.proxyherd.fences.CrossingListener;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.follow.WaitingReports.Entry;
import dev.proxyherd.log.Endless;
import dev.proxyherd.log.Faults;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.Position;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.UpdateListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows which fences the clients of one server are in, and tells its listeners of crossings. Any thread brings reports; all
 * else is the following thread's, which runs from {@link #start} to {@link #close}.
 */
public final class Following implements UpdateListener, AutoCloseable {
    /** How many reports may wait to be looked at in the order in which they came; then one of each client. */
    static final int MOST_WAITING = 65_536;

    /** How many crossings are told at once. */
    private static final int MOST_AT_ONCE = 1_000;

    /** How long reports gather, so that those who bring them need not wake the thread for each. */
    private static final Duration GATHER = Duration.ofMillis(5);

    /** How often it is seen whether the fences have changed, if nothing else happens. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final Supplier<Fences> file;
    private final BooleanSupplier isReplayed;
    private final Expiry expiry;
    private final Faults faults;
    private final Standings standings;
    private final WaitingReports waiting = new WaitingReports(MOST_WAITING);
    private final List<CrossingListener> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder told = new LongAdder();
    private final Thread thread;
    private volatile Fences followed = Fences.NONE;

    /** Clients that have gone out of fences, or into them, by the reports that were looked at. */
    private final List<Crossing> crossings = new ArrayList<>();

    /**
     * @param file gives the fences, whenever they are asked for
     * @param own the server's name
     * @param store what the server knows
     * @param isReplayed whether it knows all that it did before its start
     * @param faults is told what the following thread survives
     */
    public Following(Supplier<Fences> file, ServerName own, LocationStore store, Expiry expiry,
            BooleanSupplier isReplayed, Faults faults) {
        this.file = file;
        this.isReplayed = isReplayed;
        this.expiry = expiry;
        this.faults = faults;
        this.standings = new Standings(store, expiry, own, waiting);
        this.thread = Thread.ofPlatform().daemon().name("fences").unstarted(new Endless("fences", faults, this::round));
    }

    /** From now on the listener is told, after those that came before it. */
    public void tell(CrossingListener listener) {
        listeners.add(listener);
    }

    /** Begins to follow: at once where nothing is to be replayed, so that what is heard after this is told. */
    public void start() {
        if (isReplayed.getAsBoolean()) {
            change(file.get());
        }
        thread.start();
    }

    @Override
    public void updated(Location report, boolean isHeard, @Nullable String fromNeighbour) {
        if (standings.concern(report)) {
            standings.enqueue(report, isHeard);
        }
    }

    /** What is followed: every client that was known has been placed. */
    public Fences fences() {
        return followed;
    }

    /** How many crossings were told. */
    public long told() {
        return told.sum();
    }

    /** How many reports were passed over, since newer ones of their clients came before there was time. */
    public long skipped() {
        return waiting.skipped();
    }

    /** How many clients are in some fence, or may have gone into one this moment. */
    public int clients() {
        return standings.size();
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean round() throws InterruptedException {
        Fences next = file.get();
        if (next != followed && isReplayed.getAsBoolean()) {
            look(waiting.take(Duration.ZERO));
            change(next);
        }
        look(waiting.take(LOOK));
        standings.sweep();
        boolean goesOn = waiting.rest(GATHER);
        if (!goesOn) {
            look(waiting.take(Duration.ZERO));
        }
        return goesOn;
    }

    private void change(Fences next) {
        standings.change(next);
        followed = next;
    }

    private void look(List<Entry> entries) {
        for (Entry entry : entries) {
            try {
                look(entry);
            } catch (RuntimeException fault) {
                faults.survived("fences", fault);
            } finally {
                standings.release(entry.report().client(), entry.count());
            }
            if (crossings.size() >= MOST_AT_ONCE) {
                tell();
            }
        }
        tell();
    }

    private void look(Entry entry) {
        Location report = entry.report();
        Standing standing = standings.of(report.client());
        if (standing.last != null && !Location.wins(report, standing.last)) {
            return;
        }
        boolean wasKnown = standing.last != null && !expiry.isPast(standing.last);
        int[] before = wasKnown ? standing.inside : Places.NOWHERE;
        int[] now = Places.NOWHERE;
        if (!report.isGone()) {
            Position position = report.position();
            now = Places.after(before, standings.fences(), report.client(), position, false);
        }
        if (entry.isHeard() && !report.isGone()) {
            note(Places.without(before, now), CrossingKind.EXIT, report);
            note(Places.without(now, before), CrossingKind.ENTER, report);
        }
        standing.last = report;
        standing.inside = now;
    }

    private void note(int[] places, CrossingKind kind, Location report) {
        for (int place : places) {
            Crossing crossing = new Crossing(standings.fences().areas().get(place).fence(), kind, report);
            if (crossing.fence().events().contains(kind)) {
                crossings.add(crossing);
            }
        }
    }

    private void tell() {
        if (crossings.isEmpty()) {
            return;
        }
        List<Crossing> all = List.copyOf(crossings);
        crossings.clear();
        for (CrossingListener listener : listeners) {
            try {
                listener.crossed(all);
            } catch (RuntimeException fault) {
                faults.survived("fences", fault);
            }
        }
        told.add(all.size());
    }

    /** Looks at what waits, tells of it, and ends; harmless when repeated. Takes some seconds at most. */
    @Override
    public void close() {
        waiting.close();
        try {
            thread.join(STOP_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
