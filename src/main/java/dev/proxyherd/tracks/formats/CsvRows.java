package dev.proxyherd.tracks.formats;

import dev.proxyherd.foreign.UnusableException;
import dev.proxyherd.tracks.Degrees;
import dev.proxyherd.tracks.Names;
import dev.proxyherd.tracks.TrackPoint;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Makes a point of a row of a CSV file. A row in which one column contradicts another is left out. */
final class CsvRows {
    private static final Set<String> NO =
            Set.of("false", "f", "0", "no", "n", "v", "invalid", "void", "no fix", "nofix", "none", "null");
    private static final Set<String> YES =
            Set.of("true", "t", "yes", "y", "a", "d", "valid", "ok", "fix", "2d", "3d", "sps", "dgps",
                    "pps", "rtk", "frtk", "");

    private final CsvHeader header;
    private final String fallback;
    private final CsvTime time;
    private final boolean isE7;
    private final int needed;

    /** @param fallback the client where no column says one */
    CsvRows(CsvHeader header, String fallback) {
        this.header = header;
        this.fallback = fallback;
        String latitude = CsvColumn.plain(header.names().get(header.position(CsvColumn.LATITUDE)));
        this.time = new CsvTime(latitude.equals("latitudens"));
        this.isE7 = latitude.endsWith("e7");
        this.needed = header.columns().values().stream().mapToInt(Integer::intValue).max().orElseThrow() + 1;
    }

    /** Whether times were read as UTC because nothing says their zone. */
    boolean sawNoZone() {
        return time.sawNoZone();
    }

    TrackPoint point(CSVRecord row) throws UnusableException {
        check(row);
        String latitude = text(row, CsvColumn.LATITUDE);
        String longitude = text(row, CsvColumn.LONGITUDE);
        BigDecimal north = isE7 ? Degrees.LATITUDE.tenMillionths(latitude)
                : Degrees.LATITUDE.sided(latitude, text(row, CsvColumn.NORTH_SOUTH));
        BigDecimal east = isE7 ? Degrees.LONGITUDE.tenMillionths(longitude)
                : Degrees.LONGITUDE.sided(longitude, text(row, CsvColumn.EAST_WEST));
        String when = text(row, CsvColumn.TIME);
        return new TrackPoint(client(row), north, east,
                when == null ? null : time.parse(when, text(row, CsvColumn.DATE), text(row, CsvColumn.ZONE)));
    }

    private void check(CSVRecord row) throws UnusableException {
        if (row.size() < needed) {
            throw new UnusableException("with fewer columns than the header");
        }
        if (!header.isData() && row.size() > header.names().size()
                && !row.toList().subList(header.names().size(), row.size()).stream().allMatch(String::isBlank)) {
            throw new UnusableException("with more columns than the header", null,
                    header.separator() == ',' ? "decimals are written with a point, and text with commas in quotes"
                            : null);
        }
        int latitude = header.position(CsvColumn.LATITUDE);
        if (!header.isData() && row.get(latitude).strip().equals(header.names().get(latitude))) {
            throw UnusableException.declared("that repeat the header");
        }
        String valid = text(row, CsvColumn.VALID);
        if (valid == null) {
            return;
        }
        String word = valid.strip().toLowerCase(Locale.ROOT);
        if (NO.contains(word)) {
            throw UnusableException.declared("that the file says are not valid");
        }
        if (!YES.contains(word) && !word.matches("[1-9]\\d*")) {
            throw new UnusableException("with a validity", valid, "that says neither yes nor no");
        }
    }

    private String client(CSVRecord row) throws UnusableException {
        String given = text(row, CsvColumn.ID);
        if (given == null) {
            return fallback;
        }
        String client = Names.id(given, "");
        if (client.isEmpty()) {
            throw new UnusableException("without a client");
        }
        return client;
    }

    /** Null if there is no such column. */
    private @Nullable String text(CSVRecord row, CsvColumn column) {
        Integer at = header.columns().get(column);
        return at == null ? null : row.get(at);
    }
}
