package dev.proxyherd.places.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.geo.Grid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlaceTableReaderTest {
    @Nested
    class TheTableOfTheProgram {
        private final PlaceTable table;

        TheTableOfTheProgram() throws IOException {
            table = BundledPlaces.readResource();
        }

        @Test
        void holdsTheWorld() {
            assertThat(table.size()).isBetween(200_000, 400_000);
            int[] counts = new int[PlaceKind.values().length];
            for (byte kind : table.kinds()) {
                counts[kind]++;
            }
            assertThat(counts[PlaceKind.LOCALITY.ordinal()]).isGreaterThan(190_000);
            assertThat(counts[PlaceKind.NEIGHBORHOOD.ordinal()]).isGreaterThan(6_000);
            assertThat(counts[PlaceKind.AIRPORT.ordinal()] + counts[PlaceKind.AIRPORT_WITHOUT_TOWN.ordinal()])
                    .isGreaterThan(5_000);
        }

        @Test
        void isOrderedAsTheIndexNeedsIt() {
            assertThat(table.bandStarts()[Grid.BANDS]).isEqualTo(table.size());
            int disorder = 0;
            for (int band = 0; band < Grid.BANDS; band++) {
                for (int place = table.bandStarts()[band]; place < table.bandStarts()[band + 1]; place++) {
                    boolean first = place == table.bandStarts()[band];
                    boolean strayed = Grid.band(table.latitudes()[place]) != band
                            || Math.abs(table.longitudes()[place]) > Grid.DATE_LINE
                            || (!first && table.longitudes()[place] < table.longitudes()[place - 1]);
                    disorder += strayed ? 1 : 0;
                }
            }
            assertThat(disorder).isZero();
        }

        @Test
        void namesEveryPlaceAndItsArea() {
            int areas = table.areaNames().ends().length;
            for (int place = 0; place < table.size(); place++) {
                if (table.names().end(place) == table.names().start(place) || table.areas()[place] >= areas) {
                    throw new AssertionError("place " + place + " lacks a name or an area");
                }
            }
        }
    }

    @Nested
    class ABrokenTable {
        @Test
        void isToldFromATable() throws IOException {
            assertBroken(gzip(BundledJson.bytes("PLACES9\n")), "not a table of places");
            assertBroken(gzip(new byte[0]), "not a table of places");
            assertBroken(new byte[] {1, 2, 3}, "");
        }

        @Test
        void isToldWhenItIsCutShort() throws IOException {
            byte[] whole;
            try (InputStream in = BundledPlaces.class.getResourceAsStream("places.gz")) {
                whole = in.readAllBytes();
            }
            assertBroken(Arrays.copyOf(whole, whole.length / 2), "");
            assertBroken(gzip(BundledJson.bytes("PLACES1\n\u0005\u0001")), "cut short");
        }

        private void assertBroken(byte[] bytes, String message) {
            assertThatThrownBy(() -> PlaceTableReader.read(new ByteArrayInputStream(bytes)))
                    .isInstanceOf(IOException.class).hasMessageContaining(message);
        }

        private byte[] gzip(byte[] bytes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            }
            return out.toByteArray();
        }
    }
}
