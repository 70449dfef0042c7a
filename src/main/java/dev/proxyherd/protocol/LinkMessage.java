package dev.proxyherd.protocol;

import java.util.List;

/**
 * What neighbours say to each other. The first six make the handshake; then the dialler teaches the acceptor.
 *
 * <pre>
 * dialler                                    acceptor
 * HERD 2 LINK from to nonce key=value …  →
 *                                        ←   HERD 2 nonce key=value …       (or REFUSED reason)
 * PROOF proof                            →
 *                                        ←   WELCOME proof key=value …      (or DENIED proof reason, REFUSED reason)
 * AT …, GONE …, ROOM free clients        →   ROOM free clients, SEEN count, NAMESAKE address
 * BEAT 0 clock                           →   BEAT digest clock
 * DIGESTS?                               →
 *                                        ←   DIGESTS cutoff gonecutoff digest …   one for each bucket
 * ENTRIES? bucket                        →
 *                                        ←   ENTRIES bucket + fingerprint …, and so on, at last ENTRIES bucket . …
 * HELD? bucket                           →
 *                                        ←   HELD bucket + client fingerprint …, and so on, at last HELD bucket . …
 * </pre>
 *
 * <p>With {@code STATUS} in place of {@code LINK} the dialler may only ask: {@code STATUS? cutoff gonecutoff} and
 * {@code TRACE? client}, each answered by a line, and {@code CLIENTS? pattern}, answered by several; with {@code CHANGE} it
 * may also have clients forgotten: {@code FORGET client time}, answered by a GONE line. Digests
 * and clocks (POSIX nanoseconds) are 16 hexadecimal digits, fingerprints base64.
 */
public sealed interface LinkMessage {

    /** The newest version of what neighbours say that is spoken here, and so far the only one. */
    int VERSION = 2;

    /** The longest line on a link, in bytes: longer than any AT or GONE line that a client with the longest line can cause. */
    int MAX_LINE = 66_560;

    /** What a connection is for. */
    enum Role {
        /** Teaches what the dialler knows. */
        LINK,
        /** Asks, and changes nothing. */
        STATUS,
        /** Asks, and has something changed. */
        CHANGE
    }

    /**
     * The dialler says what it wants, names itself and whom it means to reach, and sends a fresh nonce
     * (hexadecimal), of which the first 16 digits are the same for all of a process's life.
     *
     * @param versions those that the dialler speaks, one or more; where none is spoken here, the rest may be empty
     * @param values what else it says of itself
     */
    record Hello(List<Integer> versions, Role role, String from, String to, String nonce,
            HelloValues values) implements LinkMessage {
    }

    /**
     * The acceptor's answer: the version that both are to speak, and a fresh nonce.
     *
     * @param values what else it says of itself, to whoever has dialled
     */
    record Challenge(int version, String nonce, HelloValues values) implements LinkMessage {
    }

    /** The dialler's proof that it holds the secret. */
    record Proof(String proof) implements LinkMessage {
    }

    /**
     * The connection is open, and this is the acceptor's proof.
     *
     * @param values what only a dialler that has proved itself may know; the proof covers it
     */
    record Welcome(String proof, HelloValues values) implements LinkMessage {
    }

    /** A dialler that has proved itself is not let in; the acceptor's proof covers why, in words. */
    record Denial(String proof, String reason) implements LinkMessage {
    }

    /** The handshake ends here, and why, in words; no proof shows who says so. */
    record Refusal(String reason) implements LinkMessage {
    }

    /** A location that the neighbour has accepted, in an AT line, or that a client was forgotten, in a GONE line. */
    record At(Location location) implements LinkMessage {
    }

    /**
     * The neighbour is alive.
     *
     * @param digest of the acceptor's store; the dialler sends 0
     * @param clockNanos the sender's clock, POSIX nanoseconds
     */
    record Heartbeat(long digest, long clockNanos) implements LinkMessage {
    }

    /**
     * How full the sender is; before each heartbeat.
     *
     * @param free how much more weight it takes in, of clients that it does not know; 0 when none
     * @param clients how many it knows
     */
    record Space(long free, long clients) implements LinkMessage {
    }

    /** The acceptor has taken in so many AT lines on this link, the first that were sent. */
    record Seen(long count) implements LinkMessage {
    }

    /** The acceptor says that it has met another server of the dialler's name, and where. */
    record Namesake(String address) implements LinkMessage {
    }

    /** The dialler asks for the digests of all buckets. */
    record DigestsWanted() implements LinkMessage {
    }

    /**
     * The digests of all buckets of the acceptor's store.
     *
     * @param cutoffs what has expired there
     */
    record Digests(Cutoffs cutoffs, long[] digests) implements LinkMessage {
    }

    /** The dialler asks what the acceptor has in a bucket. */
    record EntriesWanted(int bucket) implements LinkMessage {
    }

    /** Fingerprints of what the acceptor has in a bucket; more may follow. */
    record Entries(int bucket, boolean last, long[] fingerprints) implements LinkMessage {
    }

    /** The dialler asks whom the acceptor knows in a bucket, and what of them: it has no room for others. */
    record HeldWanted(int bucket) implements LinkMessage {
    }

    /** For each client in a bucket, the hash of its ID and the fingerprint of its location; more may follow. */
    record Held(int bucket, boolean last, long[] pairs) implements LinkMessage {
    }

    /** How is this server? Answered by one line of JSON; the digest is of what is not past the cutoffs. */
    record StatusWanted(Cutoffs cutoffs) implements LinkMessage {
    }

    /**
     * What does this server hold for a client? Answered by {@code -}, or {@code !} and why it cannot say yet, or when it
     * arrived (nanoseconds) and its AT or GONE line.
     */
    record TraceWanted(String client) implements LinkMessage {
    }

    /**
     * Read the topology file again, and change what it says; answered by one line of JSON.
     *
     * @param dry whether only to tell what would change
     */
    record ReloadWanted(boolean dry) implements LinkMessage {
    }

    /** Which clients are known whose IDs are as a pattern says? Answered by a line for each, and an empty one. */
    record ClientsWanted(String pattern) implements LinkMessage {
    }

    /**
     * A client is to be forgotten. Answered by the GONE line that was written, or {@code !} and why it cannot be yet.
     *
     * @param timeNanos the least time to write, POSIX nanoseconds, at most {@link Location#MAX_GONE_NANOS}
     */
    record Forget(String client, long timeNanos) implements LinkMessage {
    }

    /** No such message; it closes the link. */
    record Unknown() implements LinkMessage {
    }
}
