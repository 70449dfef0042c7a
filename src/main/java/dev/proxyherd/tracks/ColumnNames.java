package dev.proxyherd.tracks;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which columns of a CSV file are which, said by hand: by their names in the header, or by their numbers from 1. */
public final class ColumnNames {
    /** Nothing said: the names of the columns tell. */
    public static final ColumnNames NONE = new ColumnNames(Map.of());

    private final Map<CsvColumn, String> given;

    private ColumnNames(Map<CsvColumn, String> given) {
        this.given = given;
    }

    /**
     * Reads {@code id=vehicle,lat=y,lon=x,time=when}; any of id, lat, lon, time, date, ns, ew, valid and zone.
     *
     * @throws IllegalArgumentException if it has another form; the message says what is wrong with it
     */
    public static ColumnNames parse(String text) {
        Map<CsvColumn, String> given = new EnumMap<>(CsvColumn.class);
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            Optional<CsvColumn> column = Arrays.stream(CsvColumn.values()).filter(one -> one.key().equals(key.strip())).findFirst();
            if (equals < 0 || column.isEmpty() || part.substring(equals + 1).isBlank()) {
                throw new IllegalArgumentException("'" + part + "' names no column; write id=NAME,lat=NAME,lon=NAME,time=NAME; "
                        + "there are " + Arrays.stream(CsvColumn.values()).map(CsvColumn::key).collect(Collectors.joining(", ")));
            }
            if (given.put(column.get(), part.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException(key.strip() + " is given twice");
            }
        }
        return new ColumnNames(given);
    }

    boolean isEmpty() {
        return given.isEmpty();
    }

    Map<CsvColumn, String> given() {
        return given;
    }

    /** Where all of them are given by numbers of at most so many columns, the columns, from 0; else nothing. */
    Map<CsvColumn, Integer> numbered(int columns) {
        Map<CsvColumn, Integer> numbered = new EnumMap<>(CsvColumn.class);
        for (Map.Entry<CsvColumn, String> one : given.entrySet()) {
            int number = one.getValue().matches("\\d{1,4}") ? Integer.parseInt(one.getValue()) : 0;
            if (number < 1 || number > columns) {
                return Map.of();
            }
            numbered.put(one.getKey(), number - 1);
        }
        return numbered;
    }
}
