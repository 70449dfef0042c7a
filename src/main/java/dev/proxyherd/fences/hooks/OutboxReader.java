package dev.proxyherd.fences.hooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads what is in an outbox's folder when a server starts. One use. */
final class OutboxReader {
    private static final String SUFFIX = ".outbox";

    private final Deque<OutboxFile> files = new ArrayDeque<>();
    private final NavigableMap<Long, OutboxEntry> waiting = new TreeMap<>();
    private long last;
    private long lastFile;
    private int damaged;

    /** @throws IOException if something cannot be read; nothing is changed then */
    OutboxReader(Path folder) throws IOException {
        try {
            for (Path path : sorted(folder)) {
                OutboxFile file = OutboxFile.open(path);
                files.add(file);
                lastFile = number(path);
                read(file);
            }
        } catch (IOException e) {
            for (OutboxFile file : files) {
                file.close();
            }
            throw e;
        }
    }

    /** The name of a file, by its number: their order is that in which they were begun. */
    static Path file(Path folder, long number) {
        return folder.resolve(String.format("%016d", number) + SUFFIX);
    }

    private static long number(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        } catch (NumberFormatException e) {
            throw new IOException(file + " is no file of an outbox; move it elsewhere", e);
        }
    }

    private static List<Path> sorted(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.notExists(folder)) {
            return found;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            all.forEach(found::add);
        }
        Collections.sort(found);
        return found;
    }

    private void read(OutboxFile file) throws IOException {
        byte[] bytes = file.read(0, Math.toIntExact(file.bytes()));
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                take(file, start, new String(bytes, start, i - start, StandardCharsets.UTF_8), i + 1 - start);
                start = i + 1;
            }
        }
        // What has no LF a crash has left, and nobody was told that it is safe.
    }

    private void take(OutboxFile file, int start, String text, int length) {
        switch (OutboxLine.parse(text)) {
            case OutboxLine.Send send -> {
                last = Math.max(last, send.number());
                // One that was carried over is here for the second time.
                end(send.number());
                waiting.put(send.number(),
                        OutboxEntry.inFile(send.number(), send.message(), file, start, length));
            }
            case OutboxLine.Done done -> {
                last = Math.max(last, done.number());
                end(done.number());
            }
            case null -> damaged++;
        }
    }

    private void end(long number) {
        OutboxEntry entry = waiting.remove(number);
        if (entry != null) {
            entry.end();
        }
    }

    /** The oldest first. */
    Deque<OutboxFile> files() {
        return files;
    }

    /** What is to be sent, by its number. */
    NavigableMap<Long, OutboxEntry> waiting() {
        return waiting;
    }

    /** The highest number that was ever given. */
    long last() {
        return last;
    }

    /** The number of the newest file; 0 if there is none. */
    long lastFile() {
        return lastFile;
    }

    /** How many lines were not understood. */
    int damaged() {
        return damaged;
    }
}
