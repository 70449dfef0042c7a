package dev.proxyherd.tracks.read;

import dev.proxyherd.geo.Geo;
import dev.proxyherd.tracks.FileTracks;
import dev.proxyherd.tracks.Names;
import dev.proxyherd.tracks.TrackPoint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What looks as if it were meant otherwise than it was read; in words for whoever plays it. */
final class Doubts {
    /** No airliner is as fast. */
    private static final double METRES_PER_SECOND = 500;

    /** Less may be an error of the receiver. */
    private static final double LEAST_METRES = 1_000;

    /** Satellite navigation began in 1980; what is before it is seconds since a start, or another column. */
    private static final BigDecimal FIRST_FIX = new BigDecimal("315964800");

    private Doubts() {
    }

    /** Whether a table's points are of the clients that they were read for. */
    static Optional<String> clients(FileTracks one) {
        FileTracks.Clients how = one.clients();
        return how == null ? Optional.empty()
                : how.column() == null ? jumps(one.points()) : lonelyClients(one.points(), how.column());
    }

    /** Several clients in a file that names none. */
    private static Optional<String> jumps(List<TrackPoint> points) {
        List<TrackPoint> timed = points.stream().filter(point -> point.time() != null)
                .sorted(Comparator.comparing(TrackPoint::knownTime)).toList();
        long jumps = 0;
        for (int i = 1; i < timed.size(); i++) {
            double metres = metres(timed.get(i - 1), timed.get(i));
            double seconds = timed.get(i).knownTime().subtract(timed.get(i - 1).knownTime()).doubleValue();
            jumps += metres > LEAST_METRES && metres > seconds * METRES_PER_SECOND ? 1 : 0;
        }
        return jumps == 0 ? Optional.empty() : Optional.of("no column names the client, and the points jump (" + jumps
                + " times): are they of several clients? Say --columns id=NAME");
    }

    /** A client for each point: the column may name points. */
    private static Optional<String> lonelyClients(List<TrackPoint> points, String column) {
        boolean lonely =
                points.size() > 2 && points.stream().map(TrackPoint::client).distinct().count() == points.size();
        return lonely ? Optional.of("each point is a client of its own: does " + column
                + " name the points? Say --columns id=NAME, or leave the column out") : Optional.empty();
    }

    static Optional<String> early(List<TrackPoint> points) {
        return points.stream().map(TrackPoint::time).filter(time -> time != null && time.compareTo(FIRST_FIX) < 0)
                .findFirst()
                .map(time -> "a time of " + time.stripTrailingZeros().toPlainString()
                        + " is before all satellite navigation: is it another column that tells the time? Say --columns time=NAME");
    }

    /** Tracks that are played as one client because they are called alike. */
    static List<String> sameNames(List<FileTracks> files) {
        Map<String, List<String>> tracks = new LinkedHashMap<>();
        for (FileTracks file : files) {
            file.named().forEach(named -> tracks.computeIfAbsent(named.client(), client -> new ArrayList<>())
                    .add(named.track() + " of " + file.file()));
        }
        return tracks.entrySet().stream().filter(entry -> entry.getValue().size() > 1)
                .map(entry -> "client " + entry.getKey() + " is " + entry.getValue().size()
                        + " tracks, played as one: " + Names.few(entry.getValue()))
                .toList();
    }

    private static double metres(TrackPoint from, TrackPoint to) {
        double latitude = to.latitude().doubleValue() - from.latitude().doubleValue();
        double longitude = Math.IEEEremainder(to.longitude().doubleValue() - from.longitude().doubleValue(), 360)
                * Math.cos(Math.toRadians((to.latitude().doubleValue() + from.latitude().doubleValue()) / 2));
        return Math.hypot(latitude, longitude) * Geo.METRES_PER_DEGREE;
    }
}
