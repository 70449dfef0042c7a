package dev.proxyherd.journal.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** A journal's file, put together record by record and byte by byte. */
final class JournalBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The record of a client, with its LF. */
    static byte[] record(String client) {
        return record(client, 1);
    }

    /** One that is longer by so many bytes than the shortest. */
    static byte[] record(String client, int more) {
        Location location = RandomLocations.at(line(client, more));
        ByteBuffer to = ByteBuffer.allocate(JournalRecord.length(location));
        JournalRecord.write(location, to, new CRC32C());
        return to.array();
    }

    static String line(String client, int more) {
        return "AT Alford +0.000000001 " + client + " +34-118." + "0".repeat(more) + " 7";
    }

    JournalBytes then(byte[] other) {
        bytes.writeBytes(other);
        return this;
    }

    /** A byte for each character. */
    JournalBytes then(String other) {
        return then(other.getBytes(ISO_8859_1));
    }

    JournalBytes then(int count, char other) {
        byte[] all = new byte[count];
        Arrays.fill(all, (byte) other);
        return then(all);
    }

    int size() {
        return bytes.size();
    }

    /** The first bytes of it only. */
    JournalBytes cut(int size) {
        return new JournalBytes().then(Arrays.copyOf(bytes.toByteArray(), size));
    }

    FileChannel open(Path dir) throws IOException {
        return FileChannel.open(Files.write(dir.resolve("journal"), bytes.toByteArray()));
    }
}
