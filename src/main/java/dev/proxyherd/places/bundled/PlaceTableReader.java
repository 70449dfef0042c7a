package dev.proxyherd.places.bundled;

import dev.proxyherd.geo.Grid;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Reads the table that {@code src/data/MakePlaces.java} writes. Gzip around: the line {@value #MAGIC}; the number of
 * places and of areas; the number of places in each band; then column after column: latitude above the band's southern
 * edge, longitude less that of the place before (in each band the first: less -180°), id, kind, reach, area; the lengths of
 * the names and the names; the lengths of the areas' names and these. Numbers are LEB128: seven bits a byte, lowest
 * first, the top bit set on all but the last.
 */
final class PlaceTableReader {
    private static final String MAGIC = "PLACES1\n";

    private final byte[] bytes;
    private int at;

    private PlaceTableReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads all of a stream and leaves it open.
     *
     * @throws IOException if it cannot be read or is no such table; a flipped bit is found by gzip's checksum
     */
    static PlaceTable read(InputStream compressed) throws IOException {
        byte[] bytes = new GZIPInputStream(compressed, 1 << 16).readAllBytes();
        byte[] magic = BundledJson.bytes(MAGIC);
        if (!Arrays.equals(magic, Arrays.copyOf(bytes, magic.length))) {
            throw new IOException("not a table of places");
        }
        try {
            return new PlaceTableReader(bytes).table(magic.length);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IOException("the table of places is cut short", e);
        }
    }

    private PlaceTable table(int start) {
        at = start;
        int places = number();
        int areas = number();
        int[] bandStarts = new int[Grid.BANDS + 1];
        for (int band = 0; band < Grid.BANDS; band++) {
            bandStarts[band + 1] = bandStarts[band] + number();
        }
        return new PlaceTable(bandStarts, latitudes(bandStarts, places), longitudes(bandStarts, places),
                numbers(places),
                smallNumbers(places), smallNumbers(places), areas(places), texts(places), texts(areas));
    }

    private int[] latitudes(int[] bandStarts, int places) {
        int[] latitudes = new int[places];
        for (int band = 0; band < Grid.BANDS; band++) {
            int south = band * Grid.BAND_HEIGHT - Grid.NORTH_POLE;
            for (int place = bandStarts[band]; place < bandStarts[band + 1]; place++) {
                latitudes[place] = south + number();
            }
        }
        return latitudes;
    }

    private int[] longitudes(int[] bandStarts, int places) {
        int[] longitudes = new int[places];
        for (int band = 0; band < Grid.BANDS; band++) {
            int previous = -Grid.DATE_LINE;
            for (int place = bandStarts[band]; place < bandStarts[band + 1]; place++) {
                previous += number();
                longitudes[place] = previous;
            }
        }
        return longitudes;
    }

    private int[] numbers(int count) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number();
        }
        return numbers;
    }

    private byte[] smallNumbers(int count) {
        byte[] numbers = new byte[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (byte) number();
        }
        return numbers;
    }

    private char[] areas(int count) {
        char[] areas = new char[count];
        for (int i = 0; i < count; i++) {
            areas[i] = (char) number();
        }
        return areas;
    }

    private PlaceTexts texts(int count) {
        int[] ends = numbers(count);
        for (int i = 1; i < count; i++) {
            ends[i] += ends[i - 1];
        }
        int length = count == 0 ? 0 : ends[count - 1];
        byte[] texts = new byte[length];
        System.arraycopy(bytes, at, texts, 0, length);
        at += length;
        return new PlaceTexts(texts, ends);
    }

    private int number() {
        int number = 0;
        for (int shift = 0;; shift += 7) {
            byte next = bytes[at++];
            number |= (next & 127) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }
}
