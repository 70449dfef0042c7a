package dev.proxyherd.io;

/** A socket with what reads lines from it and what gathers writes to it. One thread may read while another writes. */
public record LineConnection(WatchedSocket socket, LineReader in, GatheringWriter out) {
    /** @param lineLimit the most bytes that a line may have, its LF apart */
    public static LineConnection over(WatchedSocket socket, int lineLimit) {
        return new LineConnection(socket, new LineReader(socket, lineLimit), new GatheringWriter(socket));
    }
}
