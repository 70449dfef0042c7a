package dev.proxyherd.tracks.play;

import dev.proxyherd.foreign.ForeignTime;
import dev.proxyherd.tracks.TrackPoint;
import dev.proxyherd.tracks.read.Tracks;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Recorded points, due as they were recorded, or faster. */
final class Replay implements Player.Script {
    private static final double NANOS = 1e9;

    private final Tracks tracks;
    private final double speed;
    private final BigDecimal first;
    private final @Nullable BigDecimal shift;
    private int at = -1;

    /**
     * @param speed how many times faster; 0 for all at once
     * @param from when the points' times begin instead of their own; null for their own
     */
    Replay(Tracks tracks, double speed, @Nullable Instant from) {
        this.tracks = tracks;
        this.speed = speed;
        this.first = tracks.points().getFirst().knownTime();
        this.shift = from == null ? null : ForeignTime.seconds(from);
    }

    @Override
    public boolean next() {
        return ++at < tracks.points().size();
    }

    @Override
    public long dueNanos() {
        return speed == 0 ? 0 : (long) (sinceFirst().doubleValue() * NANOS / speed);
    }

    private BigDecimal sinceFirst() {
        return tracks.points().get(at).knownTime().subtract(first);
    }

    @Override
    public String command() {
        TrackPoint point = tracks.points().get(at);
        if (shift == null) {
            return point.command();
        }
        BigDecimal since = speed == 0 ? sinceFirst() : BigDecimal.valueOf(dueNanos(), 9);
        return point.at(shift.add(since)).command();
    }

    @Override
    public long total() {
        return tracks.points().size();
    }
}
