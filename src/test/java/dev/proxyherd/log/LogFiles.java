package dev.proxyherd.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a log back, its rotated files too. */
final class LogFiles {
    static final long NO_BOUND = 1L << 40;
    private static final Pattern NOT_LOGGED = Pattern.compile(".* -- (\\d+) lines were not logged: .*");

    private LogFiles() {
    }

    /** All lines that are still there, oldest first. */
    static List<String> lines(Path path) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 9; i >= 0; i--) {
            Path file = i == 0 ? path : path.resolveSibling(path.getFileName() + "." + i);
            if (Files.exists(file)) {
                lines.addAll(Files.readAllLines(file, ISO_8859_1));
            }
        }
        return lines;
    }

    /** The bytes of all files in the folder together. */
    static long diskUsed(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(LogFiles::size).sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many lines the log says it has dropped. */
    static long notLogged(List<String> lines) {
        return lines.stream().map(NOT_LOGGED::matcher).filter(Matcher::matches)
                .mapToLong(m -> Long.parseLong(m.group(1))).sum();
    }

    static boolean isCount(String line) {
        return NOT_LOGGED.matcher(line).matches();
    }
}
