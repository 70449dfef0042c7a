package dev.proxyherd.tracks;

import dev.proxyherd.foreign.ForeignTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        String header = lines.readLine();
        if (header == null) {
            return;
        }
        char separator = header.indexOf('\t') >= 0 ? '\t' : header.indexOf(';') >= 0 ? ';' : ',';
        List<String> names = namesIn(file, header.replace("\uFEFF", ""), separator).stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
        int latitude = column(names, LATITUDE);
        int longitude = column(names, LONGITUDE);
        if (latitude < 0 || longitude < 0) {
            throw new TrackException(file + ": line 1 names no columns lat and lon; it is: "
                    + (header.length() > 80 ? header.substring(0, 80) + "..." : header));
        }
        int time = column(names, TIME);
        int id = column(names, CLIENT);
        CsvRecords records = new CsvRecords(file, lines, separator, 2);
        for (List<String> row = records.next(); row != null; row = records.next()) {
            if (row.size() > 1 || !row.getFirst().isBlank()) {
                row(row, latitude, longitude, time, id, client, to);
            }
        }
    }

    private static List<String> namesIn(Path file, String header, char separator) throws IOException {
        return new CsvRecords(file, new BufferedReader(new StringReader(header)), separator, 1).next();
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
        String who = id >= 0 && id < row.size() && !row.get(id).isBlank() ? Tracks.id(row.get(id), client) : client;
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
}
