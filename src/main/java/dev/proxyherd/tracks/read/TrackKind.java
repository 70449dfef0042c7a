package dev.proxyherd.tracks.read;

import dev.proxyherd.tracks.formats.ColumnNames;
import dev.proxyherd.tracks.formats.CsvReader;
import dev.proxyherd.tracks.formats.NmeaReader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a file is by what is in it. Only the first three are read; of the others people have many, so they are told apart. */
enum TrackKind {
    GPX(null),
    NMEA(null),
    CSV(null),
    KML("is KML; convert it to GPX, with gpsbabel for example"),
    TCX("is TCX; convert it to GPX, with gpsbabel for example"),
    FIT("is FIT; convert it to GPX, with gpsbabel for example"),
    JSON("is JSON; convert it to GPX or CSV"),
    ZIP("is a zip archive; unpack it first"),
    XML("is XML, but not GPX; convert it to GPX");

    private static final Pattern GPX_ROOT = root("gpx");
    private static final Pattern KML_ROOT = root("kml");
    private static final Pattern TCX_ROOT = root("TrainingCenterDatabase");
    private static final Pattern XML_START = Pattern.compile("<(\\?xml|!DOCTYPE|!--|[A-Za-z][\\w:.-]*[\\s/>])");
    private static final Pattern JSON_START = Pattern.compile("[{\\[]\\s*[\"{\\[]");
    private static final Pattern BLANKS = Pattern.compile("^[\\s\u0000\\uFEFF]+");
    private static final int FIT_MARK = 8;

    private final @Nullable String mend;

    TrackKind(@Nullable String mend) {
        this.mend = mend;
    }

    /** What whoever has such a file can do; null for kinds that are read. */
    @Nullable
    String mend() {
        return mend;
    }

    private static Pattern root(String name) {
        return Pattern.compile("<(?:[\\w.-]+:)?" + name + "[\\s/>]");
    }

    /**
     * @param start how the file begins
     * @param columns what is said by hand of a CSV file's columns
     */
    static TrackKind of(String start, ColumnNames columns) {
        String text = BLANKS.matcher(start).replaceFirst("");
        if (start.startsWith("PK\u0003\u0004")) {
            return ZIP;
        }
        if (start.startsWith(".FIT", FIT_MARK)) {
            return FIT;
        }
        boolean isXml = XML_START.matcher(text).lookingAt();
        if (isXml && GPX_ROOT.matcher(text).find()) {
            return GPX;
        }
        if (CsvReader.isCsv(start, columns)) {
            return CSV;
        }
        if (NmeaReader.isNmea(text)) {
            return NMEA;
        }
        if (isXml) {
            return KML_ROOT.matcher(text).find() ? KML : TCX_ROOT.matcher(text).find() ? TCX : XML;
        }
        return GPX_ROOT.matcher(text).find() ? GPX : JSON_START.matcher(text).lookingAt() ? JSON : CSV;
    }
}
