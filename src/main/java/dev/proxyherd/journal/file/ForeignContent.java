package dev.proxyherd.journal.file;

import org.jspecify.annotations.Nullable;

/**
 * What a file seems to be that is no journal of this version, for the person who is to repair it.
 *
 * @param words what it seems to be
 * @param filter the command whose output of it would be a journal; null where nobody knows one
 */
public record ForeignContent(String words, @Nullable String filter) {
    private static final int GZIP = 0x1f8b;

    /** @param head what the file begins with */
    static ForeignContent of(byte[] head) {
        if (head.length > 1 && (((head[0] & 0xFF) << 8) | (head[1] & 0xFF)) == GZIP) {
            return new ForeignContent("it is compressed (gzip)", "gzip -dc");
        }
        for (int i = 1; i < head.length; i++) {
            if (head[i] == '\n' && head[i - 1] == '\r') {
                return new ForeignContent("its lines end in CR LF, as a transfer in text mode leaves them",
                        "sed 's/\\r$//'");
            }
        }
        return new ForeignContent("it is damaged, or in the format of another version", null);
    }

    /** How to go on, once the file has been set aside. */
    public String remedy(Object aside, Object journal) {
        String how = filter == null
                ? "let the version that wrote it read it, or remove it once it is of no more use"
                : "stop this server, run " + filter + " " + aside + " >> " + journal + ", and start it again";
        return "to have back what it held: " + how;
    }
}
