package dev.proxyherd.fences;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A closed line around an area or around a hole in one, as a file gives it. Between its positions it runs straight in longitude and
 * latitude, as <a href="https://www.rfc-editor.org/rfc/rfc7946#section-3.1.1">RFC 7946</a> says.
 *
 * @param degrees longitude, latitude, longitude, latitude and so on; the last position is the first again. Not to be changed
 */
public record Ring(double[] degrees) {

    /** How many positions there are, the first counted again at the end. */
    public int size() {
        return degrees.length / 2;
    }

    /** Degrees. */
    public double longitude(int position) {
        return degrees[2 * position];
    }

    /** Degrees, -90 to 90. */
    public double latitude(int position) {
        return degrees[2 * position + 1];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ring ring && Arrays.equals(degrees, ring.degrees);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(degrees);
    }

    @Override
    public String toString() {
        return "ring of " + size() + " positions";
    }
}
