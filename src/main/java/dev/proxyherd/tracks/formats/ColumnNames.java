package dev.proxyherd.tracks.formats;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
            Optional<CsvColumn> column =
                    Arrays.stream(CsvColumn.values()).filter(one -> one.key().equals(key.strip())).findFirst();
            if (equals < 0 || column.isEmpty() || part.substring(equals + 1).isBlank()) {
                throw new IllegalArgumentException("'" + part
                        + "' names no column; write id=NAME,lat=NAME,lon=NAME,time=NAME; "
                        + "there are "
                        + Arrays.stream(CsvColumn.values()).map(CsvColumn::key).collect(Collectors.joining(", ")));
            }
            if (given.put(column.get(), part.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException(key.strip() + " is given twice");
            }
        }
        return new ColumnNames(given);
    }

    public boolean isEmpty() {
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

    /**
     * Which columns of a header are which, from 0: as they are given, and as their names tell.
     *
     * @param byEnding whether the end of a name will do
     * @return empty if one is given that is not there
     */
    Map<CsvColumn, Integer> match(List<String> names, boolean byEnding) {
        List<String> plain = names.stream().map(CsvColumn::plain).toList();
        Map<CsvColumn, Integer> found = new EnumMap<>(CsvColumn.class);
        for (Map.Entry<CsvColumn, String> one : given.entrySet()) {
            int at = find(names, one.getValue());
            if (at < 0) {
                return Map.of();
            }
            found.put(one.getKey(), at);
        }
        for (CsvColumn column : CsvColumn.values()) {
            if (!given.containsKey(column)) {
                int at = known(plain, column);
                at = at < 0 && byEnding ? ending(plain, column) : at;
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
    static int find(List<String> names, String given) {
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
        return -1;
    }

    /** Such as vehicle.position.latitude; where there are several of them nobody knows which. */
    private static int ending(List<String> plain, CsvColumn column) {
        List<String> endings = switch (column) {
            case LATITUDE -> List.of("latitude", "lat");
            case LONGITUDE -> List.of("longitude", "lon", "lng");
            default -> List.of();
        };
        int[] like = IntStream.range(0, plain.size()).filter(i -> endings.stream().anyMatch(plain.get(i)::endsWith))
                .toArray();
        return like.length == 1 ? like[0] : -1;
    }
}
