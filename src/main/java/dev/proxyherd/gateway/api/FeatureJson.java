package dev.proxyherd.gateway.api;

import dev.proxyherd.gateway.request.ClientIds;
import dev.proxyherd.gateway.request.JsonText;
import dev.proxyherd.protocol.Location;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes locations as GeoJSON (RFC 7946). A feature's {@code id} is the client's; its properties are the AT record, its
 * fields, and {@code heard}, the clock of the server that heard it. Coordinates are plain decimals, digit for digit.
 */
final class FeatureJson {
    private FeatureJson() {
    }

    /** One feature. */
    static void feature(StringBuilder json, Location location) {
        feature(json, location, -1);
    }

    /** @param metres how far away, or negative to say nothing about it */
    static void feature(StringBuilder json, Location location, double metres) {
        String[] at = location.toString().split(" ");
        String position = at[4];
        int second = Math.max(position.indexOf('+', 1), position.indexOf('-', 1));
        json.append("{\"type\":\"Feature\",\"id\":");
        JsonText.string(json, ClientIds.shown(location.client()));
        json.append(",\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
        number(json, position, second, position.length());
        json.append(',');
        number(json, position, 0, second);
        json.append("]},\"properties\":{\"server\":\"").append(at[1]);
        json.append("\",\"skew\":\"").append(at[2]);
        json.append("\",\"time\":\"").append(at[5]);
        json.append("\",\"heard\":").append(heard(at[5], at[2]));
        if (ClientIds.isEncoded(location.client())) {
            json.append(",\"encoded\":true");
        }
        if (metres >= 0) {
            json.append(",\"distance\":")
                    .append(BigDecimal.valueOf(metres).setScale(1, RoundingMode.HALF_UP).toPlainString());
        }
        json.append(",\"at\":");
        JsonText.string(json, at[0] + ' ' + at[1] + ' ' + at[2] + ' ' + ClientIds.shown(location.client()) + ' ' + at[4]
                + ' ' + at[5]);
        json.append("}}");
    }

    /** Features, with commas between. */
    static void features(StringBuilder json, List<Location> locations) {
        for (int i = 0; i < locations.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            feature(json, locations.get(i));
        }
    }

    static byte[] bytes(StringBuilder json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The server's clock when it heard a client, POSIX seconds to the millisecond. */
    private static String heard(String time, String skew) {
        return new BigDecimal(time).add(new BigDecimal(skew)).setScale(3, RoundingMode.FLOOR).toPlainString();
    }

    /** A signed decimal as JSON has it: no plus sign, no needless zeros in front. */
    private static void number(StringBuilder json, String text, int from, int to) {
        if (text.charAt(from) == '-') {
            json.append('-');
        }
        int digits = from + 1;
        while (digits + 1 < to && text.charAt(digits) == '0' && text.charAt(digits + 1) != '.') {
            digits++;
        }
        json.append(text, digits, to);
    }
}
