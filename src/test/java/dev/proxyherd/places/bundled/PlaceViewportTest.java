package dev.proxyherd.places.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.proxyherd.places.bundled.PlaceTables.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceViewportTest {
    private static PlaceViewport around(double latitude, double longitude) {
        return PlaceViewport.around(PlaceTables.of(List.of(Point.at(latitude, longitude))), 0);
    }

    @Test
    void isASquareOfTheReach() {
        PlaceViewport viewport = around(60, 25);
        double height = PlaceTables.metres(viewport.south() / 1e5, 25, viewport.north() / 1e5, 25);
        double width = PlaceTables.metres(60, viewport.west() / 1e5, 60, viewport.east() / 1e5);
        assertThat(height).isCloseTo(1_000, within(2.0));
        assertThat(width).isCloseTo(1_000, within(2.0));
    }

    @Test
    void goesOnBeyondTheDateLine() {
        PlaceViewport viewport = around(0, 179.999);
        assertThat(viewport.west()).isEqualTo(17_999_450);
        assertThat(viewport.east()).isEqualTo(-17_999_650);
        assertThat(around(0, -179.999).west()).isEqualTo(17_999_650);
    }

    @Test
    void endsAtThePoleAndHoldsAllLongitudesThere() {
        assertThat(around(90, 0)).isEqualTo(new PlaceViewport(8_999_550, -18_000_000, 9_000_000, 18_000_000));
        assertThat(around(-90, 12)).isEqualTo(new PlaceViewport(-9_000_000, -18_000_000, -8_999_550, 18_000_000));
    }
}
