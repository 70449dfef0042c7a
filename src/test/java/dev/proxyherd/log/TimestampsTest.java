package dev.proxyherd.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {
    private Instant now = Instant.EPOCH;
    private final Timestamps timestamps = new Timestamps();

    private String written() {
        byte[] line = "#".repeat(Timestamps.LENGTH + 4).getBytes(US_ASCII);
        timestamps.write(now, line, 2);
        String text = new String(line, US_ASCII);
        assertThat(text).startsWith("##").endsWith("##");
        return text.substring(2, 2 + Timestamps.LENGTH);
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000000Z",
        "2026-01-31T23:59:59.123456Z, 2026-01-31T23:59:59.123456Z",
        "2026-12-31T23:59:59.999999999Z, 2026-12-31T23:59:59.999999Z",
        "2024-02-29T12:00:00.000001Z, 2024-02-29T12:00:00.000001Z",
        "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.500000Z"})
    void areIso8601InUtcWithMicrosecondsCutOff(Instant instant, String text) {
        now = instant;
        assertThat(written()).isEqualTo(text);
    }

    @Test
    void followTheClockForwardsAndBackwards() {
        DateTimeFormatter oracle =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            now = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(3) * (long) random.nextInt(100_000_000),
                    random.nextInt(1_000_000_000));
            assertThat(written()).as("seed 3, step %d", i).isEqualTo(oracle.format(now));
        }
    }
}
