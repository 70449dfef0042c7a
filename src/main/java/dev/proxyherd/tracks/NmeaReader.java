package dev.proxyherd.tracks;

import dev.proxyherd.foreign.ForeignTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads RMC and GGA sentences of NMEA 0183, of whatever satellites ({@code $GPRMC}, {@code $GNGGA}). Their checksums must
 * be right. GGA says no date: it takes that of the nearest RMC, counting the midnights between. Where there is no RMC the
 * track has no dates.
 */
final class NmeaReader {
    /** A clock that goes back by more than this has passed midnight; receivers may repeat or reorder a few seconds. */
    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    private final String client;
    private final Tracks.Builder to;

    /** What GGA has said before the first RMC: its days count from the first one. */
    private final List<TrackPoint> undated = new ArrayList<>();

    private boolean isDated;
    private LocalDate date = LocalDate.EPOCH;
    private LocalTime lastTime;

    private NmeaReader(String client, Tracks.Builder to) {
        this.client = client;
        this.to = to;
    }

    static void read(InputStream in, String client, Tracks.Builder to) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        NmeaReader reader = new NmeaReader(client, to);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            reader.sentence(line.strip());
        }
        if (!reader.isDated) {
            reader.undated.forEach(to::add);
            to.leaveUndated();
        }
    }

    private void sentence(String line) {
        String[] fields = fields(line);
        if (fields == null) {
            if (line.startsWith("$")) {
                to.skip();
            }
            return;
        }
        String kind = fields[0].length() == 5 ? fields[0].substring(2) : "";
        if (kind.equals("RMC") && fields.length >= 10) {
            rmc(fields);
        } else if (kind.equals("GGA") && fields.length >= 7) {
            gga(fields);
        }
    }

    /** The fields of a sentence whose checksum, two hexadecimal digits over all between $ and *, is right; else null. */
    static String[] fields(String line) {
        int star = line.lastIndexOf('*');
        if (!line.startsWith("$") || star < 0 || star + 3 != line.length()) {
            return null;
        }
        int sum = 0;
        for (int i = 1; i < star; i++) {
            sum ^= line.charAt(i);
        }
        return String.format("%02X", sum).equalsIgnoreCase(line.substring(star + 1))
                ? line.substring(1, star).split(",", -1) : null;
    }

    private void rmc(String[] fields) {
        LocalTime time = time(fields[1]);
        LocalDate day = day(fields[9]);
        if (!fields[2].equals("A") || time == null || day == null) {
            to.skip();
            return;
        }
        passMidnight(time);
        if (!isDated) {
            isDated = true;
            BigDecimal days = ForeignTime.seconds(day.atStartOfDay().toInstant(ZoneOffset.UTC))
                    .subtract(ForeignTime.seconds(date.atStartOfDay().toInstant(ZoneOffset.UTC)));
            undated.forEach(point -> to.add(point.at(point.time().add(days))));
        }
        date = day;
        add(fields, 3, time);
    }

    private void gga(String[] fields) {
        LocalTime time = time(fields[1]);
        if (fields[6].isEmpty() || fields[6].equals("0") || time == null) {
            to.skip();
            return;
        }
        passMidnight(time);
        add(fields, 2, time);
    }

    private void passMidnight(LocalTime time) {
        if (lastTime != null && Duration.between(time, lastTime).compareTo(HALF_A_DAY) > 0) {
            date = date.plusDays(1);
        }
    }

    /** Adds a fix, unless the sentence before has said the same. */
    private void add(String[] fields, int from, LocalTime time) {
        BigDecimal latitude = Degrees.nmea(fields[from], fields[from + 1], "N", "S");
        BigDecimal longitude = Degrees.nmea(fields[from + 2], fields[from + 3], "E", "W");
        if (latitude == null || longitude == null) {
            to.skip();
        } else if (!time.equals(lastTime)) {
            lastTime = time;
            TrackPoint point = new TrackPoint(client, latitude, longitude,
                    ForeignTime.seconds(date.atTime(time).toInstant(ZoneOffset.UTC)));
            if (isDated) {
                to.add(point);
            } else {
                undated.add(point);
            }
        }
    }

    private static LocalTime time(String text) {
        if (!text.matches("\\d{6}(\\.\\d{1,9})?")) {
            return null;
        }
        try {
            String fraction = text.length() > 6 ? text.substring(6) : "";
            return LocalTime.parse(text.substring(0, 2) + ':' + text.substring(2, 4) + ':' + text.substring(4, 6) + fraction);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Day, month and year as {@code ddmmyy}; 80 to 99 are of the last century. */
    private static LocalDate day(String text) {
        if (!text.matches("\\d{6}")) {
            return null;
        }
        try {
            int year = Integer.parseInt(text.substring(4));
            return LocalDate.of(year >= 80 ? 1900 + year : 2000 + year,
                    Integer.parseInt(text.substring(2, 4)), Integer.parseInt(text.substring(0, 2)));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
