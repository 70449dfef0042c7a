package dev.proxyherd.tracks;

import dev.proxyherd.io.FileReason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Recorded tracks, from GPX, NMEA or CSV files; which it is, the first bytes tell.
 *
 * @param points in the order of their times
 * @param skipped how many points were left out because they say no valid position
 */
public record Tracks(List<TrackPoint> points, long skipped) {
    private static final int PEEK = 512;

    public Tracks {
        points = List.copyOf(points);
    }

    /** What one file's reader found. */
    static final class Builder {
        private final List<TrackPoint> points = new ArrayList<>();
        private long skipped;
        private boolean undated;

        void add(TrackPoint point) {
            if (point.isValid()) {
                points.add(point);
            } else {
                skipped++;
            }
        }

        void skip() {
            skipped++;
        }

        /** Its times are right among themselves only. */
        void leaveUndated() {
            undated = true;
        }

        private String whyEmpty() {
            return skipped == 0 ? "there is no track in it; GPX, NMEA (RMC, GGA) and CSV with a header are read"
                    : "none of its " + skipped + " points has a valid position and time; degrees are read as 34.068930, times as "
                            + "2026-05-22T21:37:25Z, 1779485845 or 1779485845000";
        }

        private boolean isDated() {
            return !undated && points.stream().anyMatch(point -> point.time() != null);
        }

        /** All points that have a time; without dates they begin at {@code start}, without times a second apart. */
        private List<TrackPoint> timed(BigDecimal start) {
            if (isDated()) {
                return points.stream().filter(point -> point.time() != null).toList();
            }
            List<TrackPoint> timed = new ArrayList<>();
            BigDecimal first = points.getFirst().time();
            for (TrackPoint point : points) {
                timed.add(point.at(start.add(
                        undated ? point.time().subtract(first) : BigDecimal.valueOf(timed.size()))));
            }
            return timed;
        }
    }

    /**
     * Reads files. A track without dates begins with the earliest that has them, or else in 1970; without times its points
     * are one second apart.
     *
     * @throws IOException if a file cannot be read or holds no track; the message names it
     */
    public static Tracks read(List<Path> files) throws IOException {
        List<Builder> found = new ArrayList<>();
        for (Path file : files) {
            Builder one = read(file);
            if (one.points.isEmpty()) {
                throw new TrackException(file + ": " + one.whyEmpty());
            }
            found.add(one);
        }
        BigDecimal start = found.stream().filter(Builder::isDated).flatMap(one -> one.timed(null).stream())
                .map(TrackPoint::time).min(Comparator.naturalOrder()).orElse(BigDecimal.ZERO);
        List<TrackPoint> points = new ArrayList<>();
        long skipped = 0;
        for (Builder one : found) {
            List<TrackPoint> timed = one.timed(start);
            skipped += one.skipped + one.points.size() - timed.size();
            points.addAll(timed);
        }
        points.sort(Comparator.comparing(TrackPoint::time));
        return new Tracks(points, skipped);
    }

    private static Builder read(Path file) throws IOException {
        Builder found = new Builder();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            in.mark(PEEK);
            String start = new String(in.readNBytes(PEEK), StandardCharsets.UTF_8).stripLeading();
            in.reset();
            String client = clientOf(file);
            if (start.startsWith("<") || start.startsWith("\uFEFF<")) {
                GpxReader.read(file, in, client, found);
            } else if (start.startsWith("$") || start.startsWith("!")) {
                NmeaReader.read(in, client, found);
            } else {
                CsvReader.read(file, in, client, found);
            }
        } catch (CharacterCodingException e) {
            throw new TrackException(file + ": not UTF-8; save the file as UTF-8");
        } catch (TrackException e) {
            throw e;
        } catch (IOException e) {
            throw new TrackException(file + ": cannot be read: " + FileReason.of(e));
        }
        return found;
    }

    private static String clientOf(Path file) {
        return id(file.getFileName().toString().replaceFirst("\\.[A-Za-z0-9]{1,5}$", ""), "track");
    }

    /** A name as a client ID: white space becomes a hyphen. What has no name takes the one that it is given instead. */
    static String id(String name, String otherwise) {
        String id = name.strip().replaceAll("\\s+", "-");
        return id.isEmpty() ? otherwise : id;
    }
}
