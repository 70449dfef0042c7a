package dev.proxyherd.tracks.formats;

import dev.proxyherd.foreign.ForeignTime;
import dev.proxyherd.tracks.FileTracks;
import dev.proxyherd.tracks.TrackPoint;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fixes of an NMEA file, as they come. Those that tell no date wait for the next moment that does, see {@link NmeaDates};
 * where none comes at all the track has no dates.
 */
final class NmeaTrack {
    private final FileTracks to;

    /** Fixes that tell no date, since the last moment with one. */
    private final List<Fix> undated = new ArrayList<>();

    private @Nullable LocalDateTime lastDated;
    private long count;

    /** Where a receiver was at a time of day. */
    record Fix(LocalTime time, BigDecimal latitude, BigDecimal longitude, long line) {
    }

    NmeaTrack(FileTracks to) {
        this.to = to;
    }

    /** @param date null where the sentence tells none */
    void add(Fix fix, @Nullable LocalDate date) {
        count++;
        if (date == null) {
            undated.add(fix);
        } else {
            LocalDateTime moment = date.atTime(fix.time);
            dated(moment);
            report(fix, moment);
        }
    }

    /** A moment with its date, whether there was a fix then or not. */
    void dated(LocalDateTime moment) {
        flush(moment);
        lastDated = moment;
    }

    /** No more fixes come. */
    void end() {
        flush(null);
        if (lastDated == null) {
            to.leaveUndated();
        }
    }

    private void flush(@Nullable LocalDateTime next) {
        LocalDateTime[] moments = NmeaDates.resolve(lastDated, undated.stream().map(Fix::time).toList(), next);
        for (int i = 0; i < moments.length; i++) {
            report(undated.get(i), moments[i]);
        }
        undated.clear();
    }

    private void report(Fix fix, LocalDateTime moment) {
        to.add(new TrackPoint(to.client(), fix.latitude, fix.longitude,
                ForeignTime.seconds(moment.toInstant(ZoneOffset.UTC))), fix.line);
    }

    /** How many fixes there were. */
    long count() {
        return count;
    }
}
