package dev.proxyherd.protocol;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads and writes the {@link LinkMessage}s that flow on an open link, a line each; reading is total. */
public final class LinkMessages {
    /** The most fingerprints, or half as many pairs of them and a client's hash, that fit one line. */
    public static final int MAX_ENTRIES = 6_000;

    private static final byte[] HERD = Ascii.bytes("HERD ");
    private static final LinkMessage UNKNOWN = new LinkMessage.Unknown();
    private static final int MAX_NUMBER_LENGTH = 19;
    private static final int MAX_BUCKET_LENGTH = 6;
    private static final int MAX_ADDRESS_LENGTH = 400;

    private LinkMessages() {
    }

    /** Whether the line at {@code [from, to)} opens a handshake, as no command of a client does. */
    public static boolean opensHandshake(byte[] line, int from, int to) {
        return to - from > HERD.length && Ascii.matches(line, from, from + HERD.length, HERD);
    }

    /**
     * The message in a line.
     *
     * @param line holds it at {@code [from, to)}, without its LF
     * @param nowNanos this server's clock, POSIX nanoseconds
     * @return {@link LinkMessage.Unknown} if it is none
     */
    public static LinkMessage parse(byte[] line, int from, int to, long nowNanos) {
        if (Location.isBeginning(line, from, to)) {
            Location location = Location.parse(line, from, to, nowNanos);
            return location == null ? UNKNOWN : new LinkMessage.At(location);
        }
        int wordEnd = Ascii.fieldEnd(line, from, to);
        LinkMessage message = switch (Ascii.string(line, from, wordEnd)) {
            case "BEAT" -> heartbeat(line, wordEnd, to);
            case "ROOM" -> space(line, wordEnd, to);
            case "SEEN" -> seen(line, wordEnd, to);
            case "NAMESAKE" -> namesake(line, wordEnd, to);
            case "DIGESTS?" -> wordEnd == to ? new LinkMessage.DigestsWanted() : null;
            case "DIGESTS" -> digests(line, wordEnd, to);
            case "ENTRIES?" -> bucketWanted(line, wordEnd, to, LinkMessage.EntriesWanted::new);
            case "ENTRIES" -> listed(line, wordEnd, to, LinkMessage.Entries::new);
            case "HELD?" -> bucketWanted(line, wordEnd, to, LinkMessage.HeldWanted::new);
            case "HELD" -> listed(line, wordEnd, to, (bucket, last, words) -> words.length % 2 == 0
                    ? new LinkMessage.Held(bucket, last, words)
                    : UNKNOWN);
            case "STATUS?" -> statusWanted(line, wordEnd, to);
            case "RELOAD?" -> reloadWanted(Ascii.string(line, wordEnd, to));
            case "TRACE?" -> traceWanted(line, wordEnd, to);
            case "CLIENTS?" -> clientsWanted(line, wordEnd, to);
            case "FORGET" -> forget(line, wordEnd, to);
            default -> HandshakeMessages.parse(Ascii.string(line, from, to));
        };
        return message == null ? UNKNOWN : message;
    }

    private static @Nullable LinkMessage heartbeat(byte[] line, int from, int to) {
        long[] words = HexWords.parse(line, from, to);
        return words == null || words.length != 2 ? null : new LinkMessage.Heartbeat(words[0], words[1]);
    }

    private static @Nullable LinkMessage seen(byte[] line, int from, int to) {
        return numberEnd(line, from, to) == to ? new LinkMessage.Seen(number(line, from, to)) : null;
    }

    /** What it says is shown to people: no command for their terminal. */
    private static @Nullable LinkMessage namesake(byte[] line, int from, int to) {
        if (to - from < 2 || to - from > MAX_ADDRESS_LENGTH || line[from] != ' ') {
            return null;
        }
        for (int i = from + 1; i < to; i++) {
            if (line[i] <= ' ' || line[i] > '~') {
                return null;
            }
        }
        return new LinkMessage.Namesake(Ascii.string(line, from + 1, to));
    }

    private static @Nullable LinkMessage digests(byte[] line, int from, int to) {
        int end = cutoffsEnd(line, from, to);
        long[] digests = end < 0 ? null : HexWords.parse(line, end, to);
        return digests == null ? null : new LinkMessage.Digests(cutoffs(line, from, to), digests);
    }

    private static @Nullable LinkMessage space(byte[] line, int from, int to) {
        int freeEnd = numberEnd(line, from, to);
        return freeEnd >= 0 && numberEnd(line, freeEnd, to) == to
                ? new LinkMessage.Space(number(line, from, freeEnd), number(line, freeEnd, to))
                : null;
    }

    private static @Nullable LinkMessage bucketWanted(byte[] line, int from, int to,
            IntFunction<LinkMessage> question) {
        return isBucket(line, from, to) && numberEnd(line, from, to) == to
                ? question.apply((int) number(line, from, to))
                : null;
    }

    /** A part of what is listed of a bucket. */
    private interface Listing {
        LinkMessage of(int bucket, boolean last, long[] words);
    }

    private static @Nullable LinkMessage listed(byte[] line, int from, int to, Listing listing) {
        int bucketEnd = numberEnd(line, from, to);
        if (!isBucket(line, from, bucketEnd) || to - bucketEnd < 2 || line[bucketEnd] != ' ') {
            return null;
        }
        byte mark = line[bucketEnd + 1];
        long[] words = Base64Words.parse(line, bucketEnd + 2, to);
        return words == null || (mark != '+' && mark != '.')
                ? null
                : listing.of((int) number(line, from, bucketEnd), mark == '.', words);
    }

    /** Whether a small number follows the space at {@code from}; which buckets there are, the store knows. */
    private static boolean isBucket(byte[] line, int from, int to) {
        int end = numberEnd(line, from, to);
        return end >= 0 && end - from - 1 <= MAX_BUCKET_LENGTH;
    }

    private static @Nullable LinkMessage statusWanted(byte[] line, int from, int to) {
        return cutoffsEnd(line, from, to) == to ? new LinkMessage.StatusWanted(cutoffs(line, from, to)) : null;
    }

    /** Where two numbers end, as those of {@link #numberEnd}. */
    private static int cutoffsEnd(byte[] line, int from, int to) {
        int first = numberEnd(line, from, to);
        return first < 0 ? first : numberEnd(line, first, to);
    }

    private static Cutoffs cutoffs(byte[] line, int from, int to) {
        int first = numberEnd(line, from, to);
        return new Cutoffs(number(line, from, first), number(line, first, numberEnd(line, first, to)));
    }

    private static String text(Cutoffs cutoffs) {
        return cutoffs.locationNanos() + " " + cutoffs.goneNanos();
    }

    private static @Nullable LinkMessage traceWanted(byte[] line, int from, int to) {
        String client = lastWord(line, from, to);
        return client == null ? null : new LinkMessage.TraceWanted(client);
    }

    private static @Nullable LinkMessage clientsWanted(byte[] line, int from, int to) {
        String pattern = lastWord(line, from, to);
        return pattern == null ? null : new LinkMessage.ClientsWanted(pattern);
    }

    /** What is between one space and the end, and has no white space in it; null if that is not so. */
    private static @Nullable String lastWord(byte[] line, int from, int to) {
        int word = from + 1;
        return word < to && Ascii.fieldEnd(line, word, to) == to ? Ascii.string(line, word, to) : null;
    }

    private static @Nullable LinkMessage forget(byte[] line, int from, int to) {
        int clientEnd = Ascii.fieldEnd(line, Math.min(from + 1, to), to);
        String client = lastWord(line, from, clientEnd);
        int time = clientEnd + 1;
        if (client == null || time >= to || line[clientEnd] != ' ' || Location.goneTimeEnd(line, time, to) != to) {
            return null;
        }
        return new LinkMessage.Forget(client, Decimal.nanos(line, time, to));
    }

    private static @Nullable LinkMessage reloadWanted(String rest) {
        return switch (rest) {
            case " now" -> new LinkMessage.ReloadWanted(false);
            case " dry" -> new LinkMessage.ReloadWanted(true);
            default -> null;
        };
    }

    /** Where the number after one space ends, or -1 if there is none that surely fits 64 bits. */
    private static int numberEnd(byte[] line, int from, int to) {
        if (from >= to || line[from] != ' ') {
            return -1;
        }
        int end = Ascii.digitsEnd(line, from + 1, to);
        int length = end - from - 1;
        boolean fits = length < MAX_NUMBER_LENGTH || (length == MAX_NUMBER_LENGTH && line[from + 1] < '9');
        return length > 0 && fits ? end : -1;
    }

    private static long number(byte[] line, int from, int end) {
        return Long.parseLong(Ascii.string(line, from + 1, end));
    }

    /** The message as a line with its LF; not to be changed where it is a location's. */
    public static byte[] write(LinkMessage message) {
        return switch (message) {
            case LinkMessage.At at -> at.location().line();
            case LinkMessage.Heartbeat beat -> HexWords.line("BEAT", beat.digest(), beat.clockNanos());
            case LinkMessage.Space space -> Ascii.bytes("ROOM " + space.free() + ' ' + space.clients() + '\n');
            case LinkMessage.Seen seen -> Ascii.bytes("SEEN " + seen.count() + '\n');
            case LinkMessage.Namesake namesake -> Ascii.bytes("NAMESAKE " + namesake.address() + '\n');
            case LinkMessage.DigestsWanted wanted -> Ascii.bytes("DIGESTS?\n");
            case LinkMessage.Digests digests -> HexWords.line("DIGESTS " + text(digests.cutoffs()), digests.digests());
            case LinkMessage.EntriesWanted wanted -> Ascii.bytes("ENTRIES? " + wanted.bucket() + '\n');
            case LinkMessage.Entries entries ->
                    Base64Words.line("ENTRIES " + entries.bucket() + mark(entries.last()), entries.fingerprints());
            case LinkMessage.HeldWanted wanted -> Ascii.bytes("HELD? " + wanted.bucket() + '\n');
            case LinkMessage.Held held -> Base64Words.line("HELD " + held.bucket() + mark(held.last()), held.pairs());
            case LinkMessage.StatusWanted wanted -> Ascii.bytes("STATUS? " + text(wanted.cutoffs()) + '\n');
            case LinkMessage.ReloadWanted wanted -> Ascii.bytes(wanted.dry() ? "RELOAD? dry\n" : "RELOAD? now\n");
            case LinkMessage.TraceWanted wanted -> Ascii.bytes("TRACE? " + wanted.client() + '\n');
            case LinkMessage.ClientsWanted wanted -> Ascii.bytes("CLIENTS? " + wanted.pattern() + '\n');
            case LinkMessage.Forget forget ->
                    Ascii.bytes("FORGET " + forget.client() + ' ' + Location.timeText(forget.timeNanos()) + '\n');
            default -> Ascii.bytes(HandshakeMessages.write(message) + '\n');
        };
    }

    private static String mark(boolean last) {
        return last ? " ." : " +";
    }
}
