package dev.proxyherd.foreign;

import dev.proxyherd.protocol.Location;
import java.util.List;

/**
 * Writes locations as GeoJSON (RFC 7946). A feature's {@code id} is the client's; its properties are the AT record, its
 * fields, and {@code heard}, the clock of the server that heard it. Coordinates are plain decimals, digit for digit: a
 * reason for not using gson's writer, beside time, for pages have thousands of these and subscribers are sent them all day.
 */
public final class FeatureJson {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private FeatureJson() {
    }

    /** One feature. */
    public static void feature(StringBuilder json, Location location) {
        feature(json, location, -1);
    }

    /** @param metres how far away, or negative to say nothing about it */
    public static void feature(StringBuilder json, Location location, double metres) {
        String at = location.toString();
        int server = at.indexOf(' ') + 1;
        int skew = at.indexOf(' ', server) + 1;
        int client = at.indexOf(' ', skew) + 1;
        int latitude = at.indexOf(' ', client) + 1;
        int time = at.indexOf(' ', latitude) + 1;
        int longitude = longitude(at, latitude);
        String id = at.substring(client, latitude - 1);
        String shown = ClientIds.shown(id);
        json.append("{\"type\":\"Feature\",\"id\":");
        JsonString.append(json, shown);
        json.append(",\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
        number(json, at, longitude, time - 1);
        json.append(',');
        number(json, at, latitude, longitude);
        json.append("]},\"properties\":{\"server\":\"").append(at, server, skew - 1);
        json.append("\",\"skew\":\"").append(at, skew, client - 1);
        json.append("\",\"time\":\"").append(at, time, at.length());
        json.append("\",\"heard\":");
        heard(json, location.timeNanos(), location.skewNanos());
        if (ClientIds.isEncoded(id)) {
            json.append(",\"encoded\":true");
        }
        if (metres >= 0) {
            json.append(",\"distance\":");
            decimal(json, Math.round(metres * 10), 1);
        }
        json.append(",\"at\":\"").append(at, 0, client);
        JsonString.appendInside(json, shown);
        json.append(at, latitude - 1, at.length()).append("\"}}");
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

    /** The server's clock when it heard a client, POSIX seconds to the millisecond, rounded down: the client's time and the skew. */
    static void heard(StringBuilder json, long timeNanos, long skewNanos) {
        // Each by itself, for their sum may be more than a long holds.
        long millis = Math.floorDiv(timeNanos, NANOS_PER_MILLI) + Math.floorDiv(skewNanos, NANOS_PER_MILLI);
        long nanos = Math.floorMod(timeNanos, NANOS_PER_MILLI) + Math.floorMod(skewNanos, NANOS_PER_MILLI);
        decimal(json, millis + nanos / NANOS_PER_MILLI, 3);
    }

    /** A number of tenths, hundredths, ... with as many fraction digits. */
    public static void decimal(StringBuilder json, long number, int fractionDigits) {
        if (number < 0) {
            json.append('-');
        }
        int from = json.length();
        json.append(Math.abs(number));
        while (json.length() - from <= fractionDigits) {
            json.insert(from, '0');
        }
        json.insert(json.length() - fractionDigits, '.');
    }

    /** Where in an AT line the longitude's sign is, given where the latitude's is. */
    private static int longitude(String at, int latitude) {
        int sign = latitude + 1;
        while (at.charAt(sign) != '+' && at.charAt(sign) != '-') {
            sign++;
        }
        return sign;
    }

    /** A signed decimal as JSON has it: no plus sign, no needless zeros in front. */
    public static void number(StringBuilder json, String text) {
        number(json, text, 0, text.length());
    }

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
