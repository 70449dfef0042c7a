package dev.proxyherd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @ParameterizedTest
    @CsvSource({
        "+34.068930-118.445127, 34.068930, -118.445127",
        "-34+118, -34, 118",
        "+90.0-180.0, 90, -180",
        "-000.5+0000.25, -0.5, 0.25"})
    void isReadAsDegrees(String text, double latitude, double longitude) {
        assertThat(Position.parse(text)).isEqualTo(new Position(latitude, longitude));
    }

    @Test
    void mayBeZeroInBothWays() {
        assertThat(Position.parse("+0-0").latitude()).isZero();
        assertThat(Position.parse("-0+0").longitude()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "34-118", "+34-118 ", " +34-118", "+34-118/", "+90.00000000000000000000001-118",
        "+34-\u0661"})
    void isNullForAnythingElse(String text) {
        assertThat(Position.parse(text)).isNull();
    }
}
