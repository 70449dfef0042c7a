package dev.proxyherd.fences;

import dev.proxyherd.protocol.Location;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * That a client has gone into a fence, or out of it. Where it is, its time and who heard it are those of the report by which
 * that was seen: the first one on the other side.
 *
 * @param fence as it was then
 * @param report no GONE line; its {@link Location#client() client} is who has crossed, its {@link Location#fields() fields}
 *     tell where and when, and which server heard it
 */
public record Crossing(Fence fence, CrossingKind kind, Location report) {
    /** Half a SHA-256: no two crossings share it by chance, nor can a client aim at one. */
    private static final int ID_BYTES = 16;

    /** The client's ID, a character for each byte. */
    public String client() {
        return report.client();
    }

    /**
     * What it is known by: 32 hexadecimal digits, made from the fence's id, the client, the client's time to the nanosecond and
     * the kind, and from nothing else. So it is the same however often and by whichever server it is told.
     */
    public String id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // Neither a client's ID nor a kind has white space in it, so the four can be told apart from the end.
            String text = fence.id() + ' ' + client() + ' ' + report.timeNanos() + ' ' + kind.text();
            byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
