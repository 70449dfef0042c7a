package dev.proxyherd.tracks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    }

    /**
     * Reads files. Points of a file that gives no times at all are one second apart.
     *
     * @throws IOException if a file cannot be read or holds no track; the message names it
     */
    public static Tracks read(List<Path> files) throws IOException {
        List<TrackPoint> points = new ArrayList<>();
        long skipped = 0;
        for (Path file : files) {
            Builder found = read(file);
            if (found.points.isEmpty()) {
                throw new TrackException(file + ": there is no track in it; GPX, NMEA (RMC, GGA) and CSV with a header are read");
            }
            List<TrackPoint> timed = timed(found.points);
            skipped += found.skipped + found.points.size() - timed.size();
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
        } catch (NoSuchFileException e) {
            throw new TrackException(file + ": no such file");
        } catch (AccessDeniedException e) {
            throw new TrackException(file + ": permission denied");
        } catch (TrackException e) {
            throw e;
        } catch (IOException e) {
            throw new TrackException(file + ": cannot be read: " + e.getMessage());
        }
        return found;
    }

    private static List<TrackPoint> timed(List<TrackPoint> points) {
        if (points.stream().anyMatch(point -> point.time() != null)) {
            return points.stream().filter(point -> point.time() != null).toList();
        }
        List<TrackPoint> timed = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            timed.add(points.get(i).at(BigDecimal.valueOf(i)));
        }
        return timed;
    }

    private static String clientOf(Path file) {
        return id(file.getFileName().toString().replaceFirst("\\.[A-Za-z0-9]{1,5}$", ""));
    }

    /** A name as a client ID: white space becomes a hyphen. */
    static String id(String name) {
        String id = name.strip().replaceAll("\\s+", "-");
        return id.isEmpty() ? "track" : id;
    }
}
