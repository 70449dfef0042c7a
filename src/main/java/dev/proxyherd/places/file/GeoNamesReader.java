package dev.proxyherd.places.file;

import dev.proxyherd.foreign.ForeignDecimal;
import dev.proxyherd.foreign.UnusableException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a GeoNames dump: nineteen columns with tabs between them, of which the first nine or so are used.
 *
 * @see <a href="https://download.geonames.org/export/dump/readme.txt">the format</a>
 */
final class GeoNamesReader {
    static final String ATTRIBUTION = "<a href=\"https://www.geonames.org/\">GeoNames</a>, CC BY 4.0";
    /** The longest column may hold 10,000 characters. */
    static final int MAX_LINE = 32_768;

    private static final int ID = 0;
    private static final int NAME = 1;
    private static final int LATITUDE = 4;
    private static final int LONGITUDE = 5;
    private static final int CLASS = 6;
    private static final int CODE = 7;
    private static final int COUNTRY = 8;
    private static final int REGION = 10;
    private static final List<String> ANY = List.of("point_of_interest", "establishment");
    private static final Map<String, List<String>> TYPES_BY_CLASS = Map.of("A", List.of("political"),
            "P", List.of("locality", "political"), "R", List.of("route"), "L", List.of("colloquial_area"), "S", ANY,
            "H", List.of("natural_feature"), "T", List.of("natural_feature"), "U", List.of("natural_feature"),
            "V", List.of("natural_feature"));
    private static final Map<String, String> TYPE_BY_CODE = Map.of("HTL", "lodging", "MUS", "museum", "CH", "church",
            "SCH", "school", "UNIV", "university", "HSP", "hospital", "REST", "restaurant", "AIRP", "airport",
            "PRK", "park", "STDM", "stadium");

    private GeoNamesReader() {
    }

    /**
     * The place in a line.
     *
     * @throws UnusableException if there is none
     */
    static PlaceRow read(String line) throws UnusableException {
        String[] columns = line.split("\t", -1);
        if (line.length() > MAX_LINE) {
            throw new UnusableException("longer than " + MAX_LINE + " characters");
        }
        if (columns.length <= LONGITUDE) {
            throw new UnusableException("with too few columns", null, "there are nineteen, with tabs between them");
        }
        if (columns[ID].isBlank() || columns[NAME].isBlank()) {
            throw new UnusableException("without an id or a name");
        }
        double latitude = degrees(columns[LATITUDE], 90, "latitude");
        double longitude = degrees(columns[LONGITUDE], 180, "longitude");
        return new PlaceRow("geonames:" + columns[ID].strip(), columns[NAME].strip(), latitude, longitude,
                types(column(columns, CLASS), column(columns, CODE)), vicinity(columns), null);
    }

    private static double degrees(String text, int most, String what) throws UnusableException {
        BigDecimal degrees = ForeignDecimal.parse(text);
        if (degrees == null || degrees.abs().compareTo(new BigDecimal(most)) > 0) {
            throw new UnusableException("with a " + what, text, "it is decimal degrees, and ends at " + most);
        }
        return degrees.doubleValue();
    }

    private static List<String> types(String featureClass, String featureCode) {
        List<String> types = TYPES_BY_CLASS.getOrDefault(featureClass, ANY);
        String special = TYPE_BY_CODE.get(featureCode);
        return special == null ? types : List.of(special, ANY.get(0), ANY.get(1));
    }

    private static @Nullable String vicinity(String[] columns) {
        String region = column(columns, REGION);
        String country = column(columns, COUNTRY);
        if (country.isEmpty()) {
            return null;
        }
        boolean named = !region.isEmpty() && region.chars().allMatch(Character::isLetter);
        return named ? region + ", " + country : country;
    }

    private static String column(String[] columns, int number) {
        return number < columns.length ? columns[number].strip() : "";
    }
}
