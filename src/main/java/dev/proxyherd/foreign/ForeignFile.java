package dev.proxyherd.foreign;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file that others wrote, opened for reading: unzipped if its content is gzip, whatever its name, and its byte order mark
 * heeded and stepped over. For one thread.
 */
public final class ForeignFile implements Closeable {
    private static final int START_BYTES = 1 << 16;
    private static final int MARK_BYTES = 3;

    private final InputStream in;
    private final @Nullable Charset marked;
    private final String start;

    private ForeignFile(InputStream in) throws IOException {
        this.in = in;
        this.marked = stepOverMark(in);
        this.start = new String(peek(in, START_BYTES), charset(StandardCharsets.UTF_8));
    }

    /** @throws IOException if it cannot be opened, or begins like gzip and is none */
    public static ForeignFile open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), START_BYTES);
        try {
            byte[] magic = peek(raw, 2);
            boolean isGzip = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
            return new ForeignFile(
                    isGzip ? new BufferedInputStream(new GZIPInputStream(raw, START_BYTES), START_BYTES) : raw);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** All of the content after the byte order mark; closing this file closes it. */
    public InputStream bytes() {
        return in;
    }

    /** What the byte order mark says of how the content is written; null where there is none. */
    public @Nullable Charset marked() {
        return marked;
    }

    /** How the content is written: as its byte order mark says, or else as it is given. */
    public Charset charset(Charset otherwise) {
        return marked == null ? otherwise : marked;
    }

    /** The first 64 KB as text, for a look at what it is; what is no text in it is U+FFFD. */
    public String start() {
        return start;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static @Nullable Charset stepOverMark(InputStream in) throws IOException {
        byte[] mark = peek(in, MARK_BYTES);
        int first = mark.length < 2 ? 0 : ((mark[0] & 0xff) << 8) | (mark[1] & 0xff);
        Charset charset = first == 0xfeff ? StandardCharsets.UTF_16BE : first == 0xfffe ? StandardCharsets.UTF_16LE
                : first == 0xefbb && mark.length == MARK_BYTES && mark[2] == (byte) 0xbf ? StandardCharsets.UTF_8
                        : null;
        in.skipNBytes(charset == null ? 0 : charset.equals(StandardCharsets.UTF_8) ? MARK_BYTES : 2);
        return charset;
    }

    /** What comes next, at most so much, not consumed. Where gzip breaks off it ends; whoever reads on hears of that. */
    private static byte[] peek(InputStream in, int count) throws IOException {
        ByteArrayOutputStream next = new ByteArrayOutputStream();
        in.mark(count);
        try {
            for (int b = in.read(); b >= 0; b = next.size() < count ? in.read() : -1) {
                next.write(b);
            }
        } catch (EOFException | ZipException e) {
            // The same again when it is read.
        }
        in.reset();
        return next.toByteArray();
    }
}
