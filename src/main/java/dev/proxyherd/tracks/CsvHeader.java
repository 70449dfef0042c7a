package dev.proxyherd.tracks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

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
record CsvHeader(int offset, long line, char separator, List<String> names, Map<CsvColumn, Integer> columns, boolean isData) {
    /** Titles, comments and the like may stand before it. */
    private static final int MAX_LINES_BEFORE = 20;

    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    private static final List<String> PLT = List.of("latitude", "longitude", "flag", "altitude", "days", "date", "time");
    private static final long PLT_LINES = 6;

    /**
     * Finds the header: the first line that names a latitude and a longitude, whatever its separator.
     *
     * @param start the beginning of the file
     * @return null if no line is one
     */
    static CsvHeader find(String start, ColumnNames byHand) {
        int offset = 0;
        boolean isPlt = start.startsWith("Geolife trajectory") || start.startsWith("OziExplorer Track Point File");
        for (int line = 0; line <= MAX_LINES_BEFORE && offset < start.length(); line++) {
            if (isPlt && line == PLT_LINES) {
                return new CsvHeader(offset, line, ',', PLT, columns(PLT, byHand), true);
            }
            for (char separator : SEPARATORS) {
                CsvHeader header = isPlt ? null : at(start, offset, line, separator, byHand);
                if (header != null) {
                    return header;
                }
            }
            int end = start.indexOf('\n', offset);
            offset = end < 0 ? start.length() : end + 1;
        }
        return null;
    }

    /** How CSV is written: RFC 4180, with blanks around separators and empty lines for no matter. */
    CSVFormat format() {
        return format(separator);
    }

    private static CSVFormat format(char separator) {
        return CSVFormat.Builder.create().setDelimiter(separator).setQuote('"').setIgnoreSurroundingSpaces(true)
                .setIgnoreEmptyLines(true).get();
    }

    private static CsvHeader at(String start, int offset, long line, char separator, ColumnNames byHand) {
        List<String> names = firstRecord(start.substring(offset), separator);
        Map<CsvColumn, Integer> columns = columns(names, byHand);
        if (!columns.containsKey(CsvColumn.LATITUDE) || !columns.containsKey(CsvColumn.LONGITUDE)) {
            return null;
        }
        boolean isData = !byHand.isEmpty() && byHand.given().values().stream().allMatch(name -> name.matches("\\d+") && !names.contains(name))
                && names.get(columns.get(CsvColumn.LATITUDE)).matches("[^\\p{L}]*\\d[^\\p{L}]*[NSns]?");
        return new CsvHeader(offset, line, separator, names, columns, isData);
    }

    /** The fields of the first line; none if it is no CSV. */
    private static List<String> firstRecord(String text, char separator) {
        String line = text.substring(0, lineEnd(text));
        try (CSVParser parser = CSVParser.parse(line, format(separator))) {
            for (CSVRecord record : parser) {
                return record.toList().stream().map(String::strip).toList();
            }
        } catch (IOException | UncheckedIOException e) {
            // A quote that is never closed, say.
        }
        return List.of();
    }

    private static int lineEnd(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text.length() : end;
    }

    private static Map<CsvColumn, Integer> columns(List<String> names, ColumnNames byHand) {
        List<String> plain = names.stream().map(CsvColumn::plain).toList();
        Map<CsvColumn, Integer> found = new EnumMap<>(CsvColumn.class);
        for (Map.Entry<CsvColumn, String> given : byHand.given().entrySet()) {
            int at = byName(names, given.getValue());
            if (at < 0) {
                return Map.of();
            }
            found.put(given.getKey(), at);
        }
        for (CsvColumn column : CsvColumn.values()) {
            if (!byHand.given().containsKey(column)) {
                int at = known(plain, column);
                if (at >= 0 && !found.containsValue(at)) {
                    found.put(column, at);
                }
            }
        }
        if (!found.containsKey(CsvColumn.TIME) && found.containsKey(CsvColumn.DATE)) {
            found.put(CsvColumn.TIME, found.remove(CsvColumn.DATE));
        }
        return found;
    }

    /** A column that was named by hand: as it stands there, or nearly so, or else by its number. */
    private static int byName(List<String> names, String given) {
        int exact = names.indexOf(given);
        if (exact >= 0) {
            return exact;
        }
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(given)) {
                return i;
            }
        }
        int number = given.matches("\\d{1,4}") ? Integer.parseInt(given) : 0;
        return number <= names.size() ? number - 1 : -1;
    }

    private static int known(List<String> plain, CsvColumn column) {
        for (String name : column.names()) {
            if (plain.contains(name)) {
                return plain.indexOf(name);
            }
        }
        // Such as vehicle.position.latitude; where there are several of them nobody knows which.
        List<String> endings = switch (column) {
            case LATITUDE -> List.of("latitude", "lat");
            case LONGITUDE -> List.of("longitude", "lon", "lng");
            default -> List.of();
        };
        int[] like = IntStream.range(0, plain.size()).filter(i -> endings.stream().anyMatch(plain.get(i)::endsWith)).toArray();
        return like.length == 1 ? like[0] : -1;
    }

    /** What each column was taken for, and which were not used. */
    String told() {
        String used = columns.entrySet().stream().map(entry -> entry.getKey().word() + " from " + name(entry.getValue()))
                .collect(Collectors.joining(", "));
        List<String> unused = new ArrayList<>();
        IntStream.range(0, names.size()).filter(i -> !columns.containsValue(i)).forEach(i -> unused.add(name(i)));
        return used + (unused.isEmpty() || isData ? "" : "; not used: " + String.join(", ", unused));
    }

    private String name(int column) {
        return isData ? "column " + (column + 1) : names.get(column).isBlank() ? "column " + (column + 1) : names.get(column);
    }
}
