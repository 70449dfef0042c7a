package dev.proxyherd.tracks;

import dev.proxyherd.foreign.ForeignTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads CSV (RFC 4180) with a header that names latitude and longitude, and perhaps a time and the client; separated by
 * commas, semicolons or tabs, as the header is. Without a client's column the file is one client.
 */
final class CsvReader {
    private static final Set<String> CLIENT = Set.of("id", "client", "device", "deviceid", "device_id", "vehicle",
            "vehicle_id", "user", "name", "trip_id");
    private static final Set<String> LATITUDE = Set.of("lat", "latitude");
    private static final Set<String> LONGITUDE = Set.of("lon", "lng", "long", "longitude");
    private static final Set<String> TIME = Set.of("time", "timestamp", "datetime", "date_time", "utc", "tst");

    private CsvReader() {
    }

    static void read(Path file, InputStream in, String client, Tracks.Builder to) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String header = lines.readLine();
        if (header == null) {
            return;
        }
        char separator = header.indexOf('\t') >= 0 ? '\t' : header.indexOf(';') >= 0 ? ';' : ',';
        List<String> names = split(header.replace("\uFEFF", ""), separator).stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
        int latitude = column(names, LATITUDE);
        int longitude = column(names, LONGITUDE);
        if (latitude < 0 || longitude < 0) {
            throw new TrackException(file + ": line 1 names no columns lat and lon; it is: "
                    + (header.length() > 80 ? header.substring(0, 80) + "..." : header));
        }
        int time = column(names, TIME);
        int id = column(names, CLIENT);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                row(split(line, separator), latitude, longitude, time, id, client, to);
            }
        }
    }

    private static void row(List<String> row, int latitude, int longitude, int time, int id, String client,
            Tracks.Builder to) {
        BigDecimal lat = latitude < row.size() ? Degrees.parse(row.get(latitude)) : null;
        BigDecimal lon = longitude < row.size() ? Degrees.parse(row.get(longitude)) : null;
        BigDecimal when = time >= 0 && time < row.size() ? ForeignTime.parse(row.get(time)) : null;
        if (lat == null || lon == null || time >= 0 && when == null) {
            to.skip();
            return;
        }
        String who = id >= 0 && id < row.size() && !row.get(id).isBlank() ? Tracks.id(row.get(id)) : client;
        to.add(new TrackPoint(who, lat, lon, when));
    }

    private static int column(List<String> names, Set<String> wanted) {
        for (int i = 0; i < names.size(); i++) {
            if (wanted.contains(names.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Splits a line; inside quotes a separator is a character like any other, and two quotes are one. */
    static List<String> split(String line, char separator) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
