package dev.proxyherd.places.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.proxyherd.foreign.ForeignFile;
import dev.proxyherd.foreign.LeftOut;
import dev.proxyherd.foreign.UnusableException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * Reads a file of places: GeoNames lines or GeoJSON (a collection of features, a list of them, or one), plain or gzip; which,
 * its content says. What cannot be used is left out, and one warning says why, by kind. For one thread, used once.
 */
final class PlacesFile {
    /** More than any country but the largest has in GeoNames; takes some hundreds of megabytes. */
    static final int MAX_PLACES = 1_000_000;

    /** An id, a name and the tabs up to the position: no JSON has such a line. */
    private static final Pattern GEO_NAMES = Pattern.compile("^\\d+(?:\\t[^\\t\\n]*){4}\\t", Pattern.MULTILINE);

    private static final Pattern JSON = Pattern.compile("^\\s*[{\\[]");

    private final Path file;
    private final BooleanSupplier stopped;
    private final List<PlaceRow> rows = new ArrayList<>();
    private final Set<String> attributions = new LinkedHashSet<>();
    private final LeftOut leftOut = new LeftOut();

    /** How many have a name with letters that are not UTF-8. */
    private long illegible;

    /** Ends the reading before the end. */
    private static final class Enough extends IOException {
    }

    /** @param stopped asked after each place; when it says yes, the rest is not read */
    PlacesFile(Path file, BooleanSupplier stopped) {
        this.file = file;
        this.stopped = stopped;
    }

    /**
     * Reads all of it; afterwards {@link #rows} and {@link #attributions} say what was found.
     *
     * @throws IOException if it cannot be opened, or not be read to its end for a reason that is not its content
     */
    void read(Consumer<String> warnings) throws IOException {
        try (ForeignFile content = ForeignFile.open(file)) {
            CountedLines lines = new CountedLines(
                    new InputStreamReader(content.bytes(), content.charset(StandardCharsets.UTF_8)));
            try {
                if (isJson(content.start())) {
                    geoJson(lines);
                } else {
                    geoNames(lines);
                }
            } catch (Enough e) {
                // Nobody wants the rest, or it is named already.
            } catch (EOFException | ZipException | MalformedJsonException | JsonParseException
                    | IllegalStateException e) {
                leftOut.add(new UnusableException("broken place, and all that follows it"), lines.line());
            }
        }
        if (leftOut.count() > 0) {
            warnings.accept("Places file " + file + ": left out " + leftOut);
        }
        if (illegible > 0) {
            warnings.accept("Places file " + file + ": " + illegible + (illegible == 1 ? " name holds" : " names hold")
                    + " letters that are not UTF-8; save the file as UTF-8");
        }
    }

    private static boolean isJson(String start) {
        return !GEO_NAMES.matcher(start).find() && JSON.matcher(start).find();
    }

    List<PlaceRow> rows() {
        return rows;
    }

    Set<String> attributions() {
        return attributions;
    }

    private void geoNames(CountedLines lines) throws IOException {
        attributions.add(GeoNamesReader.ATTRIBUTION);
        String line = lines.nextLine(GeoNamesReader.MAX_LINE);
        while (line != null && roomFor(lines.line())) {
            if (!line.isBlank()) {
                try {
                    add(GeoNamesReader.read(line));
                } catch (UnusableException e) {
                    leftOut.add(e, lines.line());
                }
            }
            line = lines.nextLine(GeoNamesReader.MAX_LINE);
        }
    }

    private void geoJson(CountedLines lines) throws IOException {
        JsonReader reader = new JsonReader(lines);
        reader.setStrictness(Strictness.STRICT);
        if (reader.peek() == JsonToken.BEGIN_ARRAY) {
            features(reader, lines);
        } else {
            collection(reader, lines);
        }
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new MalformedJsonException("something follows");
        }
    }

    /** A collection, or a feature alone; that has a geometry and properties, in either order. */
    private void collection(JsonReader reader, CountedLines lines) throws IOException {
        long line = lines.line();
        JsonObject alone = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String key = reader.nextName();
            JsonToken kind = reader.peek();
            if (key.equals("features") && kind == JsonToken.BEGIN_ARRAY) {
                features(reader, lines);
            } else if ((key.equals("attribution") || key.equals("copyright")) && kind == JsonToken.STRING) {
                attributions.add(reader.nextString());
            } else if (key.equals("geometry") || key.equals("properties") || key.equals("id")) {
                alone.add(key, JsonParser.parseReader(reader));
            } else {
                reader.skipValue();
            }
        }
        reader.endObject();
        if (alone.has("geometry")) {
            add(alone, line, 1);
        }
    }

    private void features(JsonReader reader, CountedLines lines) throws IOException {
        reader.beginArray();
        for (long number = 1; reader.hasNext() && roomFor(lines.line()); number++) {
            long line = lines.line();
            add(JsonParser.parseReader(reader), line, number);
        }
        reader.endArray();
    }

    private void add(PlaceRow row) {
        rows.add(row);
        illegible += row.name().indexOf('\uFFFD') < 0 ? 0 : 1;
    }

    /** @param line where the feature begins, for the reader has just seen its first character then */
    private void add(JsonElement feature, long line, long number) {
        try {
            add(GeoJsonReader.read(feature, number));
        } catch (UnusableException e) {
            leftOut.add(e, line);
        }
    }

    /** True to read on; the exception ends the reading where the limit is reached or nobody wants the rest. */
    private boolean roomFor(long line) throws Enough {
        if (stopped.getAsBoolean()) {
            throw new Enough();
        }
        if (rows.size() == MAX_PLACES) {
            leftOut.add(new UnusableException("place past the first " + MAX_PLACES + ", and all that follow it"), line);
            throw new Enough();
        }
        return true;
    }
}
