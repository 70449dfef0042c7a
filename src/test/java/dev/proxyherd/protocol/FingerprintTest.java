package dev.proxyherd.protocol;

import static dev.proxyherd.protocol.Parsing.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers of different versions compare fingerprints, so what they are is part of the protocol between them. */
class FingerprintTest {
    @ParameterizedTest
    @CsvSource({
        "'', 708778e4f48d2d9a",
        "a, 254831353955d229",
        "1234567\u00FF, 0e2ec121b209ea3e",
        "12345678\u00FF\u0080, aea709176ce8a8d4"})
    void isTheSameOnAllMachinesAndInAllVersions(String text, String fingerprint) {
        assertThat(HexFormat.of().toHexDigits(Fingerprint.of(bytes(text)))).isEqualTo(fingerprint);
    }
}
