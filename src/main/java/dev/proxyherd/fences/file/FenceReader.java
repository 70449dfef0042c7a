package dev.proxyherd.fences.file;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.proxyherd.fences.BadFenceException;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.FenceGeometry;
import dev.proxyherd.fences.FencedArea;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.foreign.ForeignFile;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a file of fences, plain or gzip: all of them, or none and why. For one thread, used once. */
public final class FenceReader {
    /** However much memory there is: a larger file is none of fences. */
    private static final long MAX_BYTES = 1L << 30;

    /** What a file and the fences in it may take of the heap; while it is read again, those before are still there. */
    private static final int PART_OF_HEAP = 4;

    /** What a fence takes in memory, besides its positions and texts, or less. */
    private static final int BYTES_PER_FENCE = 1_024;

    private static final int MAX_FAULTS = 20;
    private static final Pattern LINE = Pattern.compile("line \\d+ column \\d+");

    private final Path file;
    private final FenceGeometry geometry;
    private final long maxBytes;
    private final List<FencedArea> areas = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    private FenceReader(Path file, FenceGeometry geometry, long maxHeap) {
        this.file = file;
        this.geometry = geometry;
        this.maxBytes = Math.min(MAX_BYTES, maxHeap / PART_OF_HEAP);
    }

    /**
     * Reads all fences of a file.
     *
     * @throws BadFencesException if there is a fault in it
     * @throws IOException if it cannot be read; the message names it
     */
    public static Fences read(Path file, FenceGeometry geometry) throws IOException {
        return read(file, geometry, Runtime.getRuntime().maxMemory());
    }

    /** @param maxHeap the memory that there is, in bytes */
    static Fences read(Path file, FenceGeometry geometry, long maxHeap) throws IOException {
        FenceReader reader = new FenceReader(file, geometry, maxHeap);
        reader.read();
        if (!reader.faults.isEmpty()) {
            throw new BadFencesException(file, reader.faults);
        }
        return new Fences(reader.areas, geometry.index(reader.areas));
    }

    private void read() throws IOException {
        try (ForeignFile content = ForeignFile.open(file)) {
            InputStream bounded = new BoundedBytes(content.bytes());
            JsonReader json = new JsonReader(
                    new InputStreamReader(bounded, content.charset(StandardCharsets.UTF_8)));
            json.setStrictness(Strictness.STRICT);
            try {
                collection(json);
            } catch (EOFException e) {
                faults.add("the file ends too early; is it only half there?");
            } catch (MalformedJsonException | JsonParseException | IllegalStateException | NumberFormatException e) {
                Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
                faults.add("what is at " + (line.find() ? line.group() : "its beginning") + " is no GeoJSON");
            }
        } catch (FileSystemException e) {
            throw new IOException(file + ": " + (e.getReason() == null ? "there is no such file" : e.getReason()), e);
        }
    }

    private void collection(JsonReader json) throws IOException {
        String type = null;
        boolean hasFeatures = false;
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            if (key.equals("type") && json.peek() == JsonToken.STRING) {
                type = json.nextString();
            } else if (key.equals("features") && json.peek() == JsonToken.BEGIN_ARRAY) {
                hasFeatures = true;
                features(json);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT || !hasFeatures || !"FeatureCollection".equals(type)) {
            faults.add("it is no GeoJSON of type FeatureCollection with features, and nothing else");
        }
    }

    private void features(JsonReader json) throws IOException {
        json.beginArray();
        for (int index = 0; json.hasNext(); index++) {
            FeatureReader feature = new FeatureReader(json);
            feature.read();
            if (faults.size() < MAX_FAULTS) {
                add(feature, index);
            }
        }
        json.endArray();
    }

    private void add(FeatureReader feature, int index) {
        try {
            Fence fence = feature.fence();
            Integer other = places.putIfAbsent(fence.id(), index);
            if (other != null) {
                throw new BadFenceException("features[" + other + "] has the same id");
            }
            if (areas.size() == maxBytes / BYTES_PER_FENCE) {
                throw new BadFenceException("there are more fences than the " + areas.size()
                        + " for which there is memory; a larger heap, as with HERD_JAVA_OPTS=-Xmx8g, takes more");
            }
            areas.add(geometry.area(fence));
        } catch (BadFenceException e) {
            faults.add("features[" + index + "]" + named(feature.id()) + ": " + e.getMessage());
        }
    }

    private static String named(@Nullable String id) {
        return id == null ? "" : " (id " + id.replaceAll("\\p{Cntrl}", "?") + ")";
    }

    /** Ends the reading of a file that is too large to be taken in. */
    private final class BoundedBytes extends FilterInputStream {
        private long left = maxBytes;

        BoundedBytes(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int got = super.read(target, from, length);
            left -= Math.max(0, got);
            if (left < 0) {
                throw new IOException(
                        file + ": it has more than " + maxBytes + " bytes (unzipped), a quarter of the heap "
                                + "or a gigabyte; a larger heap, as with HERD_JAVA_OPTS=-Xmx8g, may help");
            }
            return got;
        }
    }
}
