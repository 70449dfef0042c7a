package dev.proxyherd.gateway.api;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.gateway.index.Changes;
import dev.proxyherd.gateway.index.ClientIndex;
import dev.proxyherd.gateway.index.Cursor;
import dev.proxyherd.gateway.index.Feed;
import dev.proxyherd.gateway.request.EventSink;
import dev.proxyherd.gateway.request.JsonText;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Permission;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Request;
import dev.proxyherd.geo.BoundingBox;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.Position;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/events?bbox=&since=}: accepted updates as server-sent events
 * (<a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG HTML, 9.2</a>).
 *
 * <p>A subscriber is a thread and the number of the last change that it was sent. Ten times a second at most it sends
 * what has changed since, each client once, newest only: so one that reads slowly costs no memory and misses no final
 * state. It is sent
 * <ul>
 * <li>{@code forgotten}: an array of IDs of clients that the server has forgotten, or that are not in the box any more,
 *     and maybe of some that never were, where that is not known any more;
 * <li>{@code locations}: a FeatureCollection; with the forgotten before it up to {@value #BATCH} clients, and the id of
 *     the last of the two is a cursor;
 * <li>{@code fence}: a feature that says who has gone into a fence or out of it, as this server has heard; each has a cursor as
 *     its id, too;
 * <li>{@code reset}: the cursor it came with is of an earlier run of the server, or too old, or it has fallen so far
 *     behind that it cannot be told any more who was forgotten; it must read {@code /api/clients} anew. What follows goes
 *     on from now.
 * </ul>
 * It starts from {@code Last-Event-ID}, else from {@code since}, a cursor of {@code /api/clients}, else from now. It ends within a
 * second when its token is removed or stands for something else; who then comes back is told what may be seen by then.
 */
public final class EventStream {
    /** Subscribers at once; each is a connection and a thread. */
    public static final int MAX_SUBSCRIBERS = 512;

    private static final int BATCH = 500;
    private static final Duration PACE = Duration.ofMillis(100);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    /** How often a stream with nothing to send asks whether it may go on. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final String RETRY = "retry: 1000\n\n";
    private static final String RESET = "event: reset\ndata: {}\n\n";
    private static final String COMMENT = ":\n\n";

    private final Feed feed;
    private final Crossings crossings;
    private final LongSupplier nanos;
    private final EventCounts counts;
    private final FeatureCache written = new FeatureCache();
    private final Semaphore permits = new Semaphore(MAX_SUBSCRIBERS);

    /**
     * @param crossings those of fences
     * @param nanos a clock that only goes forward, as {@link System#nanoTime}
     */
    public EventStream(Feed feed, Crossings crossings, LongSupplier nanos, EventCounts counts) {
        this.feed = feed;
        this.crossings = crossings;
        this.nanos = nanos;
        this.counts = counts;
    }

    /** Serves one subscriber until it goes, lags in reading for too long, or the gateway closes. */
    public void serve(Request request, EventSink sink) throws IOException {
        Parameters parameters = request.parameters();
        parameters.allow(Set.of("bbox", "since"));
        BoundingBox box = parameters.box();
        String from =
                request.header("Last-Event-ID") != null ? request.header("Last-Event-ID") : parameters.get("since");
        if (!permits.tryAcquire()) {
            throw new Problem(503, "there are " + MAX_SUBSCRIBERS + " subscribers already");
        }
        counts.subscribers.incrementAndGet();
        try {
            // Taken before anything is answered: what is accepted from then on is told.
            ClientIndex index = ClientsApi.index(feed, request.rights());
            long last = index.last();
            long start = start(from, index.run(), last, index.horizon());
            sink.open();
            Subject subject = new Subject(request.permission(), index, box);
            Channel channel = new Channel(sink, subject, start < 0 ? -1 : crossed(from));
            channel.send(start < 0 ? RETRY + RESET : RETRY);
            long sent = start < 0 ? last : start;
            // Who comes back may have been sent part of what there was.
            run(channel, subject, sent, sent == last ? last : 0);
        } catch (InterruptedException | InterruptedIOException e) {
            // The server stops, or the subscriber did not read; it will come back.
        } finally {
            counts.subscribers.decrementAndGet();
            permits.release();
        }
    }

    /** The number to go on from; -1 if what the subscriber knows is of no use. */
    private static long start(@Nullable String from, String run, long last, long horizon) {
        if (from == null) {
            return last;
        }
        Cursor cursor = Cursor.parse(from);
        if (cursor == null || !cursor.run().equals(run) || cursor.number() > last || cursor.since() < horizon) {
            return -1;
        }
        return cursor.since();
    }

    /** The crossing to go on after; negative for the last there is. */
    private static long crossed(@Nullable String from) {
        Cursor cursor = from == null ? null : Cursor.parse(from);
        return cursor == null ? -1 : cursor.crossed();
    }

    /**
     * What somebody follows.
     *
     * @param index of those clients that the permission lets see
     * @param box null for the whole world
     */
    private record Subject(Permission permission, ClientIndex index, @Nullable BoundingBox box) {
    }

    /** Whether it is what the subscriber may see still: a token may have been removed, or stand for something else. */
    private boolean isStill(Subject subject) {
        return subject.permission.stillHolds().getAsBoolean()
                && feed.isStill(subject.index, subject.permission.rights());
    }

    private void run(Channel channel, Subject subject, long start, long completeAtStart)
            throws IOException, InterruptedException {
        ClientIndex index = subject.index;
        long sent = start;
        long complete = completeAtStart;
        while (index.signal().awaitAfter(sent, channel::hasNewCrossings, LOOK) && isStill(subject)) {
            Changes changes = index.news(sent, complete, subject.box, BATCH);
            if (changes == null) {
                // Taken before it is told: whatever changes while it reads anew comes after that.
                sent = index.last();
                complete = sent;
                channel.send(RESET);
                continue;
            }
            String events = events(changes, index.run(), channel.crossed) + channel.newCrossings(changes.last());
            if (!events.isEmpty()) {
                channel.send(events);
            } else if (channel.isQuiet()) {
                channel.send(COMMENT);
            }
            sent = changes.last();
            if (!changes.more()) {
                complete = sent;
                if (!index.signal().pause(PACE)) {
                    return;
                }
            }
        }
    }

    /**
     * One batch. A client that was forgotten and came back is in both events, so forgotten comes first. Only the last
     * has an id: whoever loses the connection between the two is sent both again.
     */
    private String events(Changes changes, String run, long crossed) {
        StringBuilder events = new StringBuilder();
        if (!changes.forgotten().isEmpty()) {
            events.append("event: forgotten\ndata: [");
            for (int i = 0; i < changes.forgotten().size(); i++) {
                events.append(i == 0 ? "" : ",");
                JsonText.string(events, ClientIds.shown(changes.forgotten().get(i)));
            }
            events.append(changes.locations().isEmpty() ? "]\n" : "]\n\n");
        }
        if (!changes.locations().isEmpty()) {
            events.append("event: locations\ndata: {\"type\":\"FeatureCollection\",\"features\":[");
            String separator = "";
            for (Location location : changes.locations()) {
                events.append(separator).append(written.feature(location));
                separator = ",";
            }
            events.append("]}\n");
            counts.sent.add(changes.locations().size());
        }
        if (!events.isEmpty()) {
            events.append("id: ").append(Cursor.ofEvents(run, changes.last(), crossed)).append("\n\n");
        }
        return events.toString();
    }

    /** What one subscriber is sent. Its thread only. */
    private final class Channel {
        private final EventSink sink;
        private final Subject subject;
        private final CrossingLog log;
        private long sentAt;

        /** The number of the last crossing that it was sent. */
        private long crossed;

        Channel(EventSink sink, Subject subject, long crossed) {
            this.sink = sink;
            this.subject = subject;
            this.log = crossings.of(subject.index, subject.permission.rights());
            this.crossed = crossed < 0 ? log.last() : Math.min(crossed, log.last());
        }

        boolean hasNewCrossings() {
            return log.last() > crossed;
        }

        /** The crossings since then, as events; from now on they are sent. */
        String newCrossings(long changed) {
            CrossingLog.Since since = log.after(crossed);
            StringBuilder events = new StringBuilder();
            crossed = since.last() - since.crossings().size();
            for (Crossing crossing : since.crossings()) {
                crossed++;
                if (isIn(crossing)) {
                    events.append("event: fence\ndata: ").append(CrossingJson.of(crossing)).append("\nid: ")
                            .append(Cursor.ofEvents(subject.index.run(), changed, crossed)).append("\n\n");
                }
            }
            return events.toString();
        }

        private boolean isIn(Crossing crossing) {
            Position position = crossing.report().position();
            return subject.box == null || subject.box.contains(position.latitude(), position.longitude());
        }

        void send(String text) throws IOException {
            sentAt = nanos.getAsLong();
            sink.send(text);
        }

        /** Whether it is time to find out if the subscriber is still there, though nothing in its box has changed. */
        boolean isQuiet() {
            return nanos.getAsLong() - sentAt >= KEEP_ALIVE.toNanos();
        }
    }
}
