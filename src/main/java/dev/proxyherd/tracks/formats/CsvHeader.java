package dev.proxyherd.tracks.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The line of a CSV file that names its columns, and which of these are which.
 *
 * @param offset the characters before it
 * @param line the lines before it
 * @param separator what stands between the columns
 * @param names as the file has them
 * @param columns the number of each column that is used, from 0
 * @param isData whether it is a record already, and the columns are known by their numbers
 */
record CsvHeader(int offset, long line, char separator, List<String> names, Map<CsvColumn, Integer> columns,
        boolean isData) {
    /** Titles, comments and the like may stand before it. */
    private static final int MAX_LINES_BEFORE = 20;

    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    private static final List<String> PLT =
            List.of("latitude", "longitude", "flag", "altitude", "days", "date", "time");
    private static final long PLT_LINES = 6;

    /**
     * Finds the header: the first line that names a latitude and a longitude, whatever its separator; and only where none
     * does, one with columns whose names end like these.
     *
     * @param start the beginning of the file
     * @return null if no line is one
     */
    static @Nullable CsvHeader find(String start, ColumnNames byHand) {
        if (start.startsWith("Geolife trajectory") || start.startsWith("OziExplorer Track Point File")) {
            return plt(start, byHand);
        }
        CsvHeader exact = find(start, byHand, false);
        return exact == null ? find(start, byHand, true) : exact;
    }

    private static @Nullable CsvHeader find(String start, ColumnNames byHand, boolean byEnding) {
        int offset = 0;
        for (int line = 0; line <= MAX_LINES_BEFORE && offset < start.length(); line++) {
            for (char separator : SEPARATORS) {
                CsvHeader header = at(start, offset, line, separator, byHand, byEnding);
                if (header != null) {
                    return header;
                }
            }
            offset = nextLine(start, offset);
        }
        return null;
    }

    /** The tracks of GeoLife and OziExplorer: six lines of other things, then always the same columns. */
    private static CsvHeader plt(String start, ColumnNames byHand) {
        int offset = 0;
        for (int line = 0; line < PLT_LINES; line++) {
            offset = nextLine(start, offset);
        }
        return new CsvHeader(offset, PLT_LINES, ',', PLT, byHand.match(PLT, false), true);
    }

    private static int nextLine(String start, int offset) {
        int end = start.indexOf('\n', offset);
        return end < 0 ? start.length() : end + 1;
    }

    /** Where a column is that every header has. */
    int position(CsvColumn column) {
        return Objects.requireNonNull(columns.get(column), column.word());
    }

    /** How CSV is written: RFC 4180, with blanks around separators and empty lines for no matter. */
    CSVFormat format() {
        return format(separator);
    }

    private static CSVFormat format(char separator) {
        return CSVFormat.Builder.create().setDelimiter(separator).setQuote('"').setIgnoreSurroundingSpaces(true)
                .setIgnoreEmptyLines(true).get();
    }

    private static @Nullable CsvHeader at(String start, int offset, long line, char separator, ColumnNames byHand,
            boolean byEnding) {
        List<String> names = firstRecord(start.substring(offset), separator);
        Map<CsvColumn, Integer> numbered = byHand.numbered(names.size());
        if (isDegrees(names, numbered.get(CsvColumn.LATITUDE)) && isDegrees(names, numbered.get(CsvColumn.LONGITUDE))) {
            return new CsvHeader(offset, line, separator, names, numbered, true);
        }
        Map<CsvColumn, Integer> columns = byHand.match(names, byEnding);
        return columns.containsKey(CsvColumn.LATITUDE) && columns.containsKey(CsvColumn.LONGITUDE)
                ? new CsvHeader(offset, line, separator, names, columns, false) : null;
    }

    private static boolean isDegrees(List<String> names, @Nullable Integer column) {
        return column != null && names.get(column).matches("[^\\p{L}]*\\d[^\\p{L}]*[NSEWnsew]?");
    }

    /** The fields of the first line; none if it is no CSV. */
    private static List<String> firstRecord(String text, char separator) {
        String line = text.substring(0, nextLine(text, 0));
        try (CSVParser parser = CSVParser.parse(line, format(separator))) {
            for (CSVRecord record : parser) {
                return record.toList().stream().map(String::strip).toList();
            }
        } catch (IOException | UncheckedIOException e) {
            // A quote that is never closed, say.
        }
        return List.of();
    }

    /** The number of the latitude's column, which every header has. */
    int latitude() {
        return Objects.requireNonNull(columns.get(CsvColumn.LATITUDE));
    }

    /** What was said by hand of columns that are not there. */
    List<String> missing(ColumnNames byHand) {
        return byHand.given().values().stream().filter(name -> ColumnNames.find(names, name) < 0).toList();
    }

    /** What each column was taken for, and which were not used. */
    String told(String client) {
        String used =
                columns.entrySet().stream().map(entry -> entry.getKey().word() + " from " + name(entry.getValue()))
                        .collect(Collectors.joining(", "));
        List<String> unused = new ArrayList<>();
        IntStream.range(0, names.size()).filter(i -> !columns.containsValue(i)).forEach(i -> unused.add(name(i)));
        return client + used + (unused.isEmpty() || isData ? "" : "; not used: " + String.join(", ", unused));
    }

    private String name(int column) {
        return isData ? "column " + (column + 1)
                : names.get(column).isBlank() ? "column " + (column + 1) : names.get(column);
    }
}
