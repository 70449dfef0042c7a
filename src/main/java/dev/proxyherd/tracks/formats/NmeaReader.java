package dev.proxyherd.tracks.formats;

import dev.proxyherd.foreign.ForeignFile;
import dev.proxyherd.foreign.UnusableException;
import dev.proxyherd.tracks.Degrees;
import dev.proxyherd.tracks.FileTracks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads RMC, GGA, GLL and GNS sentences of NMEA 0183, of whatever satellites ({@code $GPRMC}, {@code $GNGGA}), from the $ on,
 * whatever stands before: noise, tag blocks, a logger's time stamps. Only RMC, and ZDA, tell a date.
 */
public final class NmeaReader {
    private static final Pattern START = Pattern.compile("\\$[A-Z][A-Z0-9]{2,9},");
    private static final Pattern SHIP = Pattern.compile("![A-Z]{5},");

    private final FileTracks to;
    private final NmeaTrack track;
    private long line;
    private long others;
    private long ships;
    private long led;
    private long noise;

    private NmeaReader(FileTracks to) {
        this.to = to;
        this.track = new NmeaTrack(to);
    }

    /** Whether a text holds the beginning of a sentence. */
    public static boolean isNmea(String text) {
        return START.matcher(text).find() || SHIP.matcher(text).find();
    }

    public static void read(ForeignFile in, FileTracks to) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in.bytes(), in.charset(StandardCharsets.ISO_8859_1)));
        NmeaReader reader = new NmeaReader(to);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            reader.line++;
            reader.line(line);
        }
        reader.track.end();
        to.name("all", to.client());
        reader.tell();
    }

    /** No $ is allowed inside a sentence, so each one begins another: noise may have eaten the line's end before it. */
    private void line(String text) {
        int dollar = text.indexOf('$');
        if (dollar < 0) {
            ships += SHIP.matcher(text).find() ? 1 : 0;
            noise += text.isBlank() || SHIP.matcher(text).find() ? 0 : 1;
            return;
        }
        led += text.substring(0, dollar).isBlank() ? 0 : 1;
        while (dollar >= 0) {
            int next = text.indexOf('$', dollar + 1);
            try {
                sentence(text.substring(dollar, next < 0 ? text.length() : next));
            } catch (UnusableException e) {
                to.leaveOut(e, line);
            }
            dollar = next;
        }
    }

    private void sentence(String text) throws UnusableException {
        if (!START.matcher(text).lookingAt()) {
            throw new UnusableException("that are cut or garbled");
        }
        NmeaSentence sentence = NmeaSentence.parse(text);
        switch (sentence.kind()) {
            case "RMC" -> {
                unless(sentence.field(2).equals("A"), "without a fix");
                fix(sentence, 3, sentence.field(1), NmeaSentence.date(sentence.field(9)));
            }
            case "GGA" -> {
                unless(sentence.field(6).matches("[1-9]"), "without a fix");
                fix(sentence, 2, sentence.field(1), null);
            }
            case "GNS" -> {
                unless(sentence.field(6).matches(".*[^N].*"), "without a fix");
                fix(sentence, 2, sentence.field(1), null);
            }
            case "GLL" -> {
                unless(!sentence.field(6).equals("V"), "without a fix");
                fix(sentence, 1, sentence.field(5), null);
            }
            case "ZDA" -> clock(sentence);
            default -> others++;
        }
    }

    private static void unless(boolean holds, String kind) throws UnusableException {
        if (!holds) {
            throw UnusableException.declared(kind);
        }
    }

    /** A receiver that has no fix yet tells no time either; that is no point which gets lost. */
    private void clock(NmeaSentence sentence) throws UnusableException {
        others++;
        if (sentence.field(4).matches("\\d{4}")) {
            LocalDate date = NmeaSentence.date(sentence.field(2) + sentence.field(3) + sentence.field(4).substring(2));
            if (date != null && !sentence.field(1).isEmpty()) {
                track.dated(date.atTime(NmeaSentence.time(sentence.field(1))));
            }
        }
    }

    private void fix(NmeaSentence sentence, int from, String time, @Nullable LocalDate date) throws UnusableException {
        track.add(new NmeaTrack.Fix(NmeaSentence.time(time),
                Degrees.LATITUDE.minutes(sentence.field(from), sentence.field(from + 1)),
                Degrees.LONGITUDE.minutes(sentence.field(from + 2), sentence.field(from + 3)), line), date);
    }

    private void tell() {
        StringBuilder told =
                new StringBuilder("NMEA: client ").append(to.client()).append(", ").append(track.count())
                        .append(" fixes");
        tell(told, "lines with text before the $, which is no matter", led);
        tell(told, "lines without a sentence", noise);
        tell(told, "sentences of kinds that tell no position", others);
        tell(told, "messages of other ships (AIS), not decoded", ships);
        to.take(told.toString());
    }

    private static void tell(StringBuilder told, String what, long count) {
        if (count > 0) {
            told.append("; ").append(what).append(": ").append(count);
        }
    }
}
