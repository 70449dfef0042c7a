package dev.proxyherd.tracks.formats;

import dev.proxyherd.foreign.ForeignTime;
import dev.proxyherd.foreign.UnusableException;
import dev.proxyherd.tracks.Degrees;
import dev.proxyherd.tracks.FileTracks;
import dev.proxyherd.tracks.Names;
import dev.proxyherd.tracks.TrackPoint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The track of a GPX file that is being read. Its points wait for their client, since a track's name may follow them. */
final class GpxTrack {
    private final FileTracks to;
    private final List<Placed> points = new ArrayList<>();
    private @Nullable String name;
    private boolean hasPoints;
    private long line;
    private @Nullable String latitude;
    private @Nullable String longitude;
    private @Nullable String time;

    private record Placed(BigDecimal latitude, BigDecimal longitude, @Nullable BigDecimal time, long line) {
    }

    GpxTrack(FileTracks to) {
        this.to = to;
    }

    /** The first name counts. */
    void name(String text) {
        name = name == null ? text.strip() : name;
    }

    void beginPoint(long where, @Nullable String lat, @Nullable String lon) {
        hasPoints = true;
        line = where;
        latitude = lat;
        longitude = lon;
        time = null;
    }

    void time(String text) {
        time = text;
    }

    void endPoint() {
        try {
            points.add(new Placed(Degrees.LATITUDE.signed(latitude), Degrees.LONGITUDE.signed(longitude), moment(time),
                    line));
        } catch (UnusableException e) {
            to.leaveOut(e, line);
        }
    }

    private static @Nullable BigDecimal moment(@Nullable String text) throws UnusableException {
        if (text == null || text.isBlank()) {
            return null;
        }
        BigDecimal moment = ForeignTime.parse(text);
        if (moment == null) {
            throw new UnusableException("with a time", text, "times are written 2026-05-22T21:37:25Z");
        }
        return moment;
    }

    void end() {
        String named = name == null ? "" : name;
        String client = Names.id(named, to.client());
        if (hasPoints) {
            to.name(named.isEmpty() ? "without a name" : "'" + named + "'", client);
        }
        for (Placed point : points) {
            to.add(new TrackPoint(client, point.latitude, point.longitude, point.time), point.line);
        }
    }
}
