package dev.proxyherd.fences.hooks;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A line of the outbox: the CRC-32C of the rest in eight hexadecimal digits, and {@code SEND number queued id fence client time body}
 * or {@code DONE number}. So a person can read it, and what a crash has left of a write is not taken for a message.
 */
sealed interface OutboxLine {
    /** Of a message, the checksum and the body included. */
    int FIELDS = 9;

    /** The message of this number is to be sent. */
    record Send(long number, HookMessage message) implements OutboxLine {
    }

    /** The message of this number need not be sent any more. */
    record Done(long number) implements OutboxLine {
    }

    /** With its LF. */
    static byte[] write(OutboxLine line) {
        String text = switch (line) {
            case Send send -> "SEND " + send.number + ' ' + send.message.queuedMillis() + ' ' + send.message.id() + ' '
                    + URLEncoder.encode(send.message.fence(), StandardCharsets.UTF_8) + ' '
                    + URLEncoder.encode(send.message.client(), StandardCharsets.UTF_8) + ' ' + send.message.timeNanos()
                    + ' ' + send.message.body();
            case Done done -> "DONE " + done.number;
        };
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return (String.format("%08x ", crc(bytes)) + text + '\n').getBytes(StandardCharsets.UTF_8);
    }

    /** What a line says, which lacks its LF; null if it is damaged. */
    static @Nullable OutboxLine parse(String line) {
        String[] fields = line.split(" ", FIELDS);
        try {
            if (fields.length < 3 || Integer.parseUnsignedInt(fields[0], 16) != crc(
                    line.substring(fields[0].length() + 1).getBytes(StandardCharsets.UTF_8))) {
                return null;
            }
            long number = Long.parseLong(fields[2]);
            return switch (fields[1]) {
                case "SEND" -> fields.length < FIELDS ? null : new Send(number, new HookMessage(fields[4],
                        URLDecoder.decode(fields[5], StandardCharsets.UTF_8),
                        URLDecoder.decode(fields[6], StandardCharsets.UTF_8), Long.parseLong(fields[7]),
                        Long.parseLong(fields[3]), fields[8]));
                case "DONE" -> new Done(number);
                default -> null;
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}
