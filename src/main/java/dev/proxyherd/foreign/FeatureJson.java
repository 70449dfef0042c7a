package dev.proxyherd.foreign;

import dev.proxyherd.protocol.AtFields;
import dev.proxyherd.protocol.Location;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Writes locations as GeoJSON (RFC 7946). A feature's {@code id} is the client's; its properties are the AT record, its
 * fields, and {@code heard}, the clock of the server that heard it. Coordinates are plain decimals, digit for digit: a
 * reason for not using gson's writer, beside time, for pages have thousands of these and subscribers are sent them all day.
 */
public final class FeatureJson {
    private FeatureJson() {
    }

    /** One feature. */
    public static void feature(StringBuilder json, Location location) {
        feature(json, location, -1);
    }

    /** @param metres how far away, or negative to say nothing about it */
    public static void feature(StringBuilder json, Location location, double metres) {
        AtFields at = location.fields();
        String client = ClientIds.shown(location.client());
        json.append("{\"type\":\"Feature\",\"id\":");
        JsonString.append(json, client);
        json.append(",\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
        number(json, at.longitude());
        json.append(',');
        number(json, at.latitude());
        json.append("]},\"properties\":{\"server\":\"").append(at.server());
        json.append("\",\"skew\":\"").append(at.skew());
        json.append("\",\"time\":\"").append(at.time());
        json.append("\",\"heard\":").append(heard(location));
        if (ClientIds.isEncoded(location.client())) {
            json.append(",\"encoded\":true");
        }
        if (metres >= 0) {
            json.append(",\"distance\":")
                    .append(BigDecimal.valueOf(metres).setScale(1, RoundingMode.HALF_UP).toPlainString());
        }
        json.append(",\"at\":");
        JsonString.append(json, "AT " + at.server() + ' ' + at.skew() + ' ' + client + ' ' + at.latitude()
                + at.longitude() + ' ' + at.time());
        json.append("}}");
    }

    /** Features, with commas between. */
    public static void features(StringBuilder json, List<Location> locations) {
        for (int i = 0; i < locations.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            feature(json, locations.get(i));
        }
    }

    /** The server's clock when it heard a client, POSIX seconds to the millisecond. */
    private static String heard(Location location) {
        return BigDecimal.valueOf(location.timeNanos(), 9).add(BigDecimal.valueOf(location.skewNanos(), 9))
                .setScale(3, RoundingMode.FLOOR).toPlainString();
    }

    /** A signed decimal as JSON has it: no plus sign, no needless zeros in front. */
    public static void number(StringBuilder json, String text) {
        if (text.charAt(0) == '-') {
            json.append('-');
        }
        int digits = 1;
        while (digits + 1 < text.length() && text.charAt(digits) == '0' && text.charAt(digits + 1) != '.') {
            digits++;
        }
        json.append(text, digits, text.length());
    }
}
