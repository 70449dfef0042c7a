package dev.proxyherd.places.file;

import com.google.gson.JsonArray;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * The box around a shape. One that crosses the 180th meridian comes cut there, with parts on both sides; as their
 * longitudes stand, the box would reach around the globe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7946#section-3.1.9">RFC 7946, 3.1.9</a>
 */
final class GeoJsonBox {
    private final DoubleSummaryStatistics latitudes = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics longitudes = new DoubleSummaryStatistics();
    /** The same with the western parts beyond 180 degrees, where they go on from the eastern ones. */
    private final DoubleSummaryStatistics eastward = new DoubleSummaryStatistics();

    /** Adds a point, or a line or ring that lies on one side of the meridian: positions, at least one. */
    void add(List<JsonArray> part) {
        part.forEach(position -> latitudes.accept(position.get(1).getAsDouble()));
        DoubleSummaryStatistics own = new DoubleSummaryStatistics();
        part.forEach(position -> own.accept(position.get(0).getAsDouble()));
        longitudes.combine(own);
        int turn = own.getMax() <= 0 ? 360 : 0;
        eastward.accept(own.getMin() + turn);
        eastward.accept(own.getMax() + turn);
    }

    /** Degrees; no number if there was no position, and as far out of range as the positions are. */
    double middleLatitude() {
        return middle(latitudes);
    }

    /** Degrees, in the narrower box of the two; otherwise as {@link #middleLatitude}. */
    double middleLongitude() {
        if (width(longitudes) <= 180 || width(longitudes) <= width(eastward)) {
            return middle(longitudes);
        }
        double middle = middle(eastward);
        return middle > 180 ? middle - 360 : middle;
    }

    private static double width(DoubleSummaryStatistics range) {
        return range.getMax() - range.getMin();
    }

    private static double middle(DoubleSummaryStatistics range) {
        return (range.getMin() + range.getMax()) / 2;
    }
}
