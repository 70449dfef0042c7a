package dev.proxyherd.tracks.read;

import dev.proxyherd.foreign.ForeignFile;
import dev.proxyherd.io.FileReason;
import dev.proxyherd.tracks.FileTracks;
import dev.proxyherd.tracks.Names;
import dev.proxyherd.tracks.TrackException;
import dev.proxyherd.tracks.TrackPoint;
import dev.proxyherd.tracks.formats.ColumnNames;
import dev.proxyherd.tracks.formats.CsvReader;
import dev.proxyherd.tracks.formats.GpxReader;
import dev.proxyherd.tracks.formats.NmeaReader;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipException;

/**
 * Recorded tracks, from GPX, NMEA or CSV files.
 *
 * @param points in the order of their times
 * @param skipped how many points were left out
 * @param damaged how many of these the files do not say themselves to be of no use
 * @param taken what files, columns and tracks were taken for; a line each
 * @param remarks what was left out and why, by kind, and what is ambiguous; a line each
 */
public record Tracks(List<TrackPoint> points, long skipped, long damaged, List<String> taken, List<String> remarks) {
    public Tracks {
        points = List.copyOf(points);
        taken = List.copyOf(taken);
        remarks = List.copyOf(remarks);
    }

    /**
     * Reads files. A track without dates begins with the earliest that has them, or else in 1970; without times its points
     * are one second apart.
     *
     * @param columns which columns of the files, which must all be CSV then, are which
     * @throws IOException if a file cannot be read to its end or holds no track; the message names it
     */
    public static Tracks read(List<Path> files, ColumnNames columns) throws IOException {
        List<FileTracks> found = new ArrayList<>();
        for (Path file : files) {
            FileTracks one = read(file, columns);
            if (one.points().isEmpty()) {
                throw new TrackException(file + ": " + one.whyEmpty());
            }
            found.add(one);
        }
        BigDecimal start =
                found.stream().filter(FileTracks::isDated).flatMap(one -> one.timed(BigDecimal.ZERO).stream())
                        .map(TrackPoint::knownTime).min(Comparator.naturalOrder()).orElse(BigDecimal.ZERO);
        List<TrackPoint> points = new ArrayList<>();
        for (FileTracks one : found) {
            one.judgeTimes();
            points.addAll(one.timed(start));
        }
        points.sort(Comparator.comparing(TrackPoint::knownTime));
        List<String> remarks = new ArrayList<>(alike(found, Tracks::remarks));
        remarks.addAll(Doubts.sameNames(found));
        return new Tracks(points, found.stream().mapToLong(one -> one.leftOut().count()).sum(),
                found.stream().mapToLong(one -> one.leftOut().damaged()).sum(), alike(found, FileTracks::taken),
                remarks);
    }

    private static FileTracks read(Path file, ColumnNames columns) throws IOException {
        FileTracks found = new FileTracks(file);
        try (ForeignFile in = ForeignFile.open(file)) {
            TrackKind kind = TrackKind.of(in.start(), columns);
            if (!columns.isEmpty() && kind != TrackKind.CSV) {
                throw new TrackException(file + ": is " + kind + ", and --columns is for CSV");
            }
            switch (kind) {
                case GPX -> GpxReader.read(in, found);
                case NMEA -> NmeaReader.read(in, found);
                case CSV -> CsvReader.read(in, columns, found);
                default -> throw new TrackException(file + ": " + kind.mend());
            }
        } catch (CharacterCodingException e) {
            throw new TrackException(file + ": not UTF-8; save the file as UTF-8");
        } catch (EOFException | ZipException e) {
            throw new TrackException(file + ": the gzip file is cut or damaged; nothing of it is played");
        } catch (TrackException e) {
            throw e;
        } catch (IOException e) {
            throw new TrackException(file + ": cannot be read: " + FileReason.of(e));
        }
        return found;
    }

    private static List<String> remarks(FileTracks one) {
        List<String> said = new ArrayList<>(one.remarks());
        Doubts.clients(one).ifPresent(said::add);
        if (one.isDated()) {
            Doubts.early(one.points()).ifPresent(said::add);
        }
        long count = one.leftOut().count();
        if (count > 0) {
            said.add((count == 1 ? "1 point" : count + " points") + " left out: " + one.leftOut());
        }
        return said;
    }

    /** What is said of several files alike is said once. */
    private static List<String> alike(List<FileTracks> found, Function<FileTracks, List<String>> said) {
        Map<String, List<String>> files = new LinkedHashMap<>();
        for (FileTracks one : found) {
            said.apply(one)
                    .forEach(text -> files.computeIfAbsent(text, key -> new ArrayList<>()).add(one.file().toString()));
        }
        List<String> lines = new ArrayList<>();
        files.forEach((text, names) -> lines.add(Names.few(names) + ": " + text));
        return lines;
    }
}
