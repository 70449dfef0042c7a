package dev.proxyherd.tracks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits CSV into records. A field that begins with a quote ends with one, and a separator or a line's end inside is text
 * like any other; two quotes are one there. Elsewhere a quote is text, too.
 */
final class CsvRecords {
    private final Path file;
    private final BufferedReader lines;
    private final char separator;
    private final List<String> fields = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private boolean quoted;
    private long lineNumber;

    /** @param firstLine where the lines are in their file, counted from 1 */
    CsvRecords(Path file, BufferedReader lines, char separator, long firstLine) {
        this.file = file;
        this.lines = lines;
        this.separator = separator;
        this.lineNumber = firstLine - 1;
    }

    /**
     * The next record's fields, or null at the end.
     *
     * @throws TrackException if a quote is never closed: all that follows it would be text
     */
    List<String> next() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            return null;
        }
        long first = ++lineNumber;
        fields.clear();
        take(line);
        while (quoted) {
            line = lines.readLine();
            if (line == null) {
                throw new TrackException(file + ": the quote that begins a field in line " + first + " is never closed; close it");
            }
            lineNumber++;
            field.append('\n');
            take(line);
        }
        endField();
        return List.copyOf(fields);
    }

    private void take(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"' && quoted) {
                quoted = false;
            } else if (c == '"' && field.toString().isBlank()) {
                quoted = true;
                field.setLength(0);
            } else if (c == separator && !quoted) {
                endField();
            } else {
                field.append(c);
            }
        }
    }

    private void endField() {
        fields.add(field.toString());
        field.setLength(0);
    }
}
