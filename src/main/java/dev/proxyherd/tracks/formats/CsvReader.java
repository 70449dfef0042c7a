package dev.proxyherd.tracks.formats;

import dev.proxyherd.foreign.ForeignFile;
import dev.proxyherd.foreign.UnusableException;
import dev.proxyherd.tracks.FileTracks;
import dev.proxyherd.tracks.TrackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads CSV (RFC 4180) with a header that names latitude and longitude, and perhaps a time and the client; see
 * {@link CsvColumn}. Without a client's column the file is one client.
 */
public final class CsvReader {
    private static final int MAX_SHOWN = 120;

    private final CsvHeader header;
    private final CsvRows rows;
    private final UnusedSides sides = new UnusedSides();
    private final FileTracks to;

    private CsvReader(CsvHeader header, FileTracks to) {
        this.header = header;
        this.rows = new CsvRows(header, to.client());
        this.to = to;
    }

    /** Whether a file that begins so has a line which names columns for a position. */
    public static boolean isCsv(String start, ColumnNames byHand) {
        return CsvHeader.find(start, byHand) != null;
    }

    /** @param byHand which columns are which, as far as that is said by hand */
    public static void read(ForeignFile in, ColumnNames byHand, FileTracks to) throws IOException {
        if (in.start().isBlank()) {
            return;
        }
        CsvHeader header = CsvHeader.find(in.start(), byHand);
        if (header == null) {
            throw noHeader(in.start(), byHand, to);
        }
        new CsvReader(header, to).readAll(in);
    }

    private static TrackException noHeader(String start, ColumnNames byHand, FileTracks to) {
        CsvHeader plain = byHand.isEmpty() ? null : CsvHeader.find(start, ColumnNames.NONE);
        if (plain != null) {
            return new TrackException(to.file() + ": --columns: line " + (plain.line() + 1) + " names no column "
                    + String.join(", ", plain.missing(byHand)) + "; it is: " + shown(String.join(",", plain.names())));
        }
        String first = start.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return new TrackException(to.file() + (byHand.isEmpty() ? ": no line names columns for latitude and longitude"
                : ": no line names these columns of --columns, and a latitude and a longitude")
                + "; say --columns lat=NAME,lon=NAME; line 1 is: " + shown(first));
    }

    private static String shown(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
    }

    private void readAll(ForeignFile in) throws IOException {
        BufferedReader text = new BufferedReader(
                new InputStreamReader(in.bytes(), in.charset(StandardCharsets.UTF_8).newDecoder()));
        for (int i = 0; i < header.offset(); i++) {
            text.read();
        }
        try (CSVParser parser = header.format().parse(text)) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!header.isData() && hasNext(records, header.line())) {
                records.next();
            }
            long before = header.line() + parser.getCurrentLineNumber();
            while (hasNext(records, before)) {
                row(records.next(), before + 1);
                before = header.line() + parser.getCurrentLineNumber();
            }
        }
        tell();
    }

    /** @param linesBefore those of the records before the next one */
    private boolean hasNext(Iterator<CSVRecord> records, long linesBefore) throws IOException {
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof CSVException)) {
                throw e.getCause();
            }
            throw new TrackException(to.file() + ": " + (String.valueOf(e.getMessage()).contains("EOF")
                    ? "the quote that begins a field in line " + (linesBefore + 1) + " is never closed; close it"
                    : "in the record that begins in line " + (linesBefore + 1)
                            + " text follows a quote that ends a field; a quote inside a quoted field is written twice"));
        }
    }

    private void row(CSVRecord row, long line) {
        if (row.size() == 1 && row.get(0).isBlank()) {
            return;
        }
        sides.look(row);
        try {
            to.add(rows.point(row), line);
        } catch (UnusableException e) {
            to.leaveOut(e, line);
        }
    }

    private void tell() {
        Integer id = header.columns().get(CsvColumn.ID);
        to.take("CSV with " + switch (header.separator()) {
            case ',' -> "commas";
            case ';' -> "semicolons";
            case '\t' -> "tabs";
            default -> "bars";
        } + ": " + header.told(id == null ? "client " + to.client() + ", " : ""));
        if (header.line() > 0) {
            to.take("lines before the header, not read: " + header.line());
        }
        if (rows.sawNoZone()) {
            to.take("times that name no zone are read as UTC");
        }
        sides.told(header).ifPresent(to::remark);
        if (id == null) {
            to.name("all", to.client());
        }
        to.tellClients(new FileTracks.Clients(id == null ? null : header.names().get(id)));
    }
}
