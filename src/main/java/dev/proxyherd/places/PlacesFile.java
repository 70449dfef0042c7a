package dev.proxyherd.places;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a file of places: GeoNames lines or a GeoJSON feature collection, plain or gzip; which, its first bytes say. What
 * cannot be used is left out and named in one warning. For one thread, used once.
 */
final class PlacesFile {
    /** More than any country but the largest has in GeoNames; takes some hundreds of megabytes. */
    static final int MAX_PLACES = 1_000_000;

    private static final int MAX_LEADING_SPACE = 1_024;

    private final Path file;
    private final BooleanSupplier stopped;
    private final List<PlaceRow> rows = new ArrayList<>();
    private final Set<String> attributions = new LinkedHashSet<>();
    private final BadLines badLines = new BadLines();

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
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                InputStream text = new BufferedInputStream(unzipped(raw), 1 << 16)) {
            boolean json = firstCharacter(text) == '{';
            CountedLines lines = new CountedLines(new InputStreamReader(text, StandardCharsets.UTF_8));
            try {
                if (json) {
                    features(lines);
                } else {
                    geoNames(lines);
                }
            } catch (Enough e) {
                // Nobody wants the rest, or it is named already.
            } catch (EOFException | ZipException | MalformedJsonException | JsonParseException | IllegalStateException e) {
                badLines.add(lines.line(), "broken here; all after it is left out");
            }
        }
        badLines.warn(file.toString(), warnings);
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
                    rows.add(GeoNamesReader.read(line));
                } catch (IllegalArgumentException e) {
                    badLines.add(lines.line(), e.getMessage());
                }
            }
            line = lines.nextLine(GeoNamesReader.MAX_LINE);
        }
    }

    private void features(CountedLines lines) throws IOException {
        JsonReader reader = new JsonReader(lines);
        reader.setStrictness(Strictness.STRICT);
        reader.beginObject();
        while (reader.hasNext()) {
            String key = reader.nextName();
            JsonToken kind = reader.peek();
            if (key.equals("features") && kind == JsonToken.BEGIN_ARRAY) {
                reader.beginArray();
                for (long number = 1; reader.hasNext() && roomFor(lines.line()); number++) {
                    feature(reader, lines.line(), number);
                }
                reader.endArray();
            } else if ((key.equals("attribution") || key.equals("copyright")) && kind == JsonToken.STRING) {
                attributions.add(reader.nextString());
            } else {
                reader.skipValue();
            }
        }
        reader.endObject();
    }

    /** The line is where the feature begins, for the reader has just seen its first character. */
    private void feature(JsonReader reader, long line, long number) {
        JsonElement feature = JsonParser.parseReader(reader);
        try {
            rows.add(GeoJsonReader.read(feature, number));
        } catch (IllegalArgumentException e) {
            badLines.add(line, e.getMessage());
        }
    }

    /** True to read on; the exception ends the reading where the limit is reached or nobody wants the rest. */
    private boolean roomFor(long line) throws Enough {
        if (stopped.getAsBoolean()) {
            throw new Enough();
        }
        if (rows.size() == MAX_PLACES) {
            badLines.add(line, "more than " + MAX_PLACES + " places; the rest is left out");
            throw new Enough();
        }
        return true;
    }

    private static InputStream unzipped(InputStream raw) throws IOException {
        raw.mark(2);
        boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        return gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
    }

    /** The first byte that is neither white space nor part of a byte order mark; a mark is stepped over for good. */
    private static int firstCharacter(InputStream text) throws IOException {
        text.mark(3);
        boolean marked = text.read() == 0xef && text.read() == 0xbb && text.read() == 0xbf;
        if (!marked) {
            text.reset();
        }
        text.mark(MAX_LEADING_SPACE + 1);
        int first = text.read();
        for (int i = 0; i < MAX_LEADING_SPACE && first >= 0 && first <= ' '; i++) {
            first = text.read();
        }
        text.reset();
        return first;
    }
}
