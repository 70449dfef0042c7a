package dev.proxyherd.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundingBoxTest {
    @Test
    void isReadFromFourDecimals() {
        assertThat(BoundingBox.parse("170, -10.5,+180,90")).isEqualTo(new BoundingBox(170, -10.5, 180, 90));
        assertThat(BoundingBox.parse("-180,-90,180,90")).isEqualTo(BoundingBox.WORLD);
        assertThat(BoundingBox.parse("170,0,-170,1")).as("across the date line")
                .isEqualTo(new BoundingBox(170, 0, -170, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "1,2,3 | bbox: write west,south,east,north in degrees, for example -119,33,-117,35",
        "1,2,3,4,5 | bbox: write west,south,east,north in degrees, for example -119,33,-117,35",
        "181,2,3,4 | bbox: '181' is no decimal number from -180 to 180",
        "1,-90.5,3,4 | bbox: '-90.5' is no decimal number from -90 to 90",
        "1,2,,4 | bbox: '' is no decimal number from -180 to 180",
        "1,2,3,1e1 | bbox: '1e1' is no decimal number from -90 to 90",
        "1,5,3,4 | bbox: south (5) is above north (4)"})
    void saysWhatIsWrongWithIt(String text, String words) {
        assertThatThrownBy(() -> BoundingBox.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(words);
    }

    @Test
    void repeatsNoMoreThanALineOfWhatIsWrong() {
        assertThatThrownBy(() -> BoundingBox.parse("1,2,3," + "x".repeat(1000)))
                .hasMessage("bbox: '" + "x".repeat(64) + "...' is no decimal number from -90 to 90");
    }
}
