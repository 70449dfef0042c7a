package dev.proxyherd.places.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an upstream wants to be asked again. */
class RetryAfterTest {
    @ParameterizedTest
    @CsvSource({"'0',PT0S", "' 17 ',PT17S", "'999999999',PT24H", "'9999999999',PT24H",
        "'99999999999999999999',PT24H",
        "'Mon, 06 May 2024 07:08:19 GMT',PT10S", "'Mon, 06 May 2024 07:00:00 GMT',PT0S",
        "'Fri, 31 Dec 9999 23:59:59 GMT',PT24H", "'soon',", "'-1',", "'1.5',", "'',"})
    void isSecondsOrADate(String value, Duration expected) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Retry-After", List.of(value)), (name, text) -> true);
        InstantSource wall = InstantSource.fixed(Instant.parse("2024-05-06T07:08:09Z"));
        assertThat(RetryAfter.read(headers, wall)).isEqualTo(expected);
    }
}
