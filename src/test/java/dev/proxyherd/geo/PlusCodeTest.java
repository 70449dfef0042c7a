package dev.proxyherd.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlusCodeTest {

    /**
     * Values published with the specification (test_data/encoding.csv) that five decimals can hold; longer codes cut to ten
     * digits, for further digits only make the area smaller.
     */
    @ParameterizedTest
    @CsvSource({
        "90, 1, CFX3X2X2+X2", "1, 1, 6FH32222+22", "1.2, 3.4, 6FH56C22+22", "35.6, 3.033, 8F75J22M+26",
        "-37.014, -159.936, 43J2X3P7+CJ", "58.66, 149.17, 9RCFM56C+22", "10.734, -168.294, 722HPPM4+JC",
        "-25.798, -59.812, 5862652Q+R6", "-19.212, 107.423, 5PG9QCQF+66", "-18.32, 96.397, 5MHRM9JW+2R",
        "-2.804, 7.003, 6F9952W3+C6", "70.3, -87.64, C62J8926+22", "-35.849, -93.75, 46P85722+C2",
        "48.89, -80.52, 86WXVFRJ+22", "-68.54504, -62.81725, 373VF53M+X4", "10.767, -62.787, 772VQ687+R6"})
    void isThePublishedOne(double latitude, double longitude, String expected) {
        assertThat(code(latitude, longitude)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 180, 62H22222+22", "1, -180, 62H22222+22", "-90, -180, 22222222+22"})
    void countsTheDateLineOnce(double latitude, double longitude, String expected) {
        assertThat(code(latitude, longitude)).isEqualTo(expected);
    }

    private static String code(double latitude, double longitude) {
        byte[] target = new byte[PlusCode.LENGTH + 2];
        PlusCode.write(target, 1, Grid.units(latitude), Grid.units(longitude));
        assertThat(target[0] + target[target.length - 1]).as("bytes around it").isZero();
        return new String(target, 1, PlusCode.LENGTH, StandardCharsets.US_ASCII);
    }
}
