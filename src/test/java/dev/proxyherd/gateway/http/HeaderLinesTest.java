package dev.proxyherd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers' values, whatever they were made of. */
class HeaderLinesTest {
    @ParameterizedTest
    @CsvSource({"plain text, plain text", "'a\r\n b', a%0D%0A b", "'\u0085\u007f\u0000', %C2%85%7F%00",
        "€, %E2%82%AC"})
    void goOutPercentEncodedWhereTheyAreNoVisibleAscii(String value, String safe) {
        assertThat(HeaderLines.safe(value)).isEqualTo(safe);
    }
}
