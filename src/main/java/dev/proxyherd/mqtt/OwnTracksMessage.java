package dev.proxyherd.mqtt;

import dev.proxyherd.protocol.AtFields;
import dev.proxyherd.protocol.Location;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Where a client is, as OwnTracks writes it (<a href="https://owntracks.org/booklet/tech/json/">booklet, JSON</a>):
 * coordinates as they were reported, the time in whole seconds, and as {@code tid} the last two letters or digits of the ID.
 */
final class OwnTracksMessage {
    private OwnTracksMessage() {
    }

    /** @param location no GONE line */
    static byte[] of(Location location) {
        AtFields at = location.fields();
        String json = "{\"_type\":\"location\",\"lat\":" + number(at.latitude()) + ",\"lon\":" + number(at.longitude())
                + ",\"tst\":" + location.timeNanos() / 1_000_000_000L + ",\"tid\":\"" + trackerId(location.client())
                + "\"}";
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    /** JSON knows neither a plus sign nor needless zeros in front. */
    private static String number(String signed) {
        return new BigDecimal(signed).toPlainString();
    }

    private static String trackerId(String client) {
        StringBuilder letters = new StringBuilder();
        for (int i = client.length() - 1; i >= 0 && letters.length() < 2; i--) {
            char c = client.charAt(i);
            if (c < 0x80 && Character.isLetterOrDigit(c)) {
                letters.insert(0, c);
            }
        }
        return letters.toString();
    }
}
