package dev.proxyherd.tracks;

import dev.proxyherd.foreign.LeftOut;
import dev.proxyherd.foreign.UnusableException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader finds in one file, what it leaves out, and what it takes things for: all that readers fill. For one thread. */
public final class FileTracks {
    /** The latest time that the protocol knows, in seconds: 2262. */
    private static final BigDecimal LAST = new BigDecimal("9223372035");

    /** With a position and a time such a report is still within any server's limit for a line. */
    private static final int MAX_ID_BYTES = 900;

    private final Path file;
    private final String client;
    private final List<TrackPoint> points = new ArrayList<>();
    private final LeftOut leftOut = new LeftOut();
    private final List<String> taken = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    /** Tracks that are played under their own names, or their file's. */
    private final List<Named> named = new ArrayList<>();

    private @Nullable Clients clients;
    private boolean undated;

    /** A track that is called so, and the client that it is played as. */
    public record Named(String track, String client) {
    }

    /**
     * How a table tells its points' clients apart.
     *
     * @param column the column that names them; null if none does, and all are one client
     */
    public record Clients(@Nullable String column) {
    }

    public FileTracks(Path file) {
        this.file = file;
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        this.client = Names.id(name.replaceFirst("(?i)\\.gz$", "").replaceFirst("\\.[A-Za-z0-9]{1,5}$", ""), "track");
    }

    /** Adds a point, or notes why it cannot be reported. */
    public void add(TrackPoint point, long line) {
        try {
            check(point);
            points.add(point);
        } catch (UnusableException e) {
            leaveOut(e, line);
        }
    }

    private static void check(TrackPoint point) throws UnusableException {
        if (point.client().getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
            throw new UnusableException("with a client", point.client(), "longer than " + MAX_ID_BYTES + " bytes");
        }
        if (point.time() != null && point.time().signum() < 0) {
            throw new UnusableException("with a time before 1970");
        }
        if (point.time() != null && point.time().compareTo(LAST) > 0) {
            throw new UnusableException("with a time after the year 2262");
        }
    }

    public void leaveOut(UnusableException reason, long line) {
        leftOut.add(reason, line);
    }

    /** Says what the file, and what is in it, was taken for. */
    public void take(String text) {
        taken.add(text);
    }

    /** Says something about the file that whoever plays it should know. */
    public void remark(String text) {
        remarks.add(text);
    }

    /** Notes that a track is played under its own name, or its file's. */
    public void name(String track, String client) {
        named.add(new Named(track, client));
    }

    /** Notes how a table tells its points' clients apart. */
    public void tellClients(Clients how) {
        clients = how;
    }

    /** Its times are right among themselves only. */
    public void leaveUndated() {
        undated = true;
    }

    public boolean isDated() {
        return !undated && points.stream().anyMatch(point -> point.time() != null);
    }

    /** All points that have a time; without dates they begin at {@code start}, without times a second apart. */
    public List<TrackPoint> timed(BigDecimal start) {
        if (isDated()) {
            return points.stream().filter(point -> point.time() != null).toList();
        }
        BigDecimal first =
                undated ? points.stream().map(TrackPoint::knownTime).min(BigDecimal::compareTo).orElseThrow()
                        : BigDecimal.ZERO;
        List<TrackPoint> timed = new ArrayList<>();
        for (TrackPoint point : points) {
            timed.add(point
                    .at(start.add(undated ? point.knownTime().subtract(first) : BigDecimal.valueOf(timed.size()))));
        }
        return timed;
    }

    /** Notes what {@link #timed} leaves out, and how it finds times where there are none. */
    public void judgeTimes() {
        if (isDated()) {
            points.stream().filter(point -> point.time() == null)
                    .forEach(point -> leaveOut(new UnusableException("without a time"), 0));
        } else if (undated) {
            take("times without dates: played from the earliest time of the other files on, or else from 1970 on");
        } else {
            take("no times: played a second apart, from the earliest time of the other files on, or else from 1970 on");
        }
    }

    public String whyEmpty() {
        return leftOut.count() == 0
                ? "there is no track in it; GPX, NMEA (RMC, GGA, GLL, GNS) and CSV with a header are read"
                : "none of its " + leftOut.count() + " points can be used: " + leftOut;
    }

    /** The client that points without one of their own are of: it is called like the file. */
    public String client() {
        return client;
    }

    /** How a table tells its points' clients apart; null if it is no table. */
    public @Nullable Clients clients() {
        return clients;
    }

    public Path file() {
        return file;
    }

    public List<TrackPoint> points() {
        return points;
    }

    public LeftOut leftOut() {
        return leftOut;
    }

    public List<String> taken() {
        return taken;
    }

    public List<String> remarks() {
        return remarks;
    }

    public List<Named> named() {
        return named;
    }
}
