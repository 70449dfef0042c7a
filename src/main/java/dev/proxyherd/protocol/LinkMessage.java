package dev.proxyherd.protocol;

/**
 * What neighbours say to each other. The first five make the handshake; then the dialler teaches the acceptor.
 *
 * <pre>
 * dialler                                    acceptor
 * HERD 1 LINK from to nonce expiry   →
 *                                    ←       HERD 1 nonce proof         (or REFUSED reason)
 * PROOF proof                        →
 *                                    ←       WELCOME                    (or REFUSED reason)
 * AT …, BEAT 0 clock                 →       BEAT digest clock, NAMESAKE address
 * DIGESTS?                           →
 *                                    ←       DIGESTS cutoff digest …    one for each bucket
 * ENTRIES? bucket                    →
 *                                    ←       ENTRIES bucket + fingerprint …, and so on, at last ENTRIES bucket . …
 * </pre>
 *
 * <p>With {@code STATUS} in place of {@code LINK} the dialler may only ask: {@code STATUS? cutoff} and
 * {@code TRACE? client}, each answered by a line. Digests, fingerprints and clocks (POSIX
 * nanoseconds) are 16 hexadecimal digits.
 */
public sealed interface LinkMessage {

    /** The version of what neighbours say; both ends must speak the same. */
    int VERSION = 1;

    /** The longest line on a link, in bytes: longer than any AT line that a client with the longest line can cause. */
    int MAX_LINE = 66_560;

    /** What a connection is for. */
    enum Role {
        LINK, STATUS
    }

    /**
     * The dialler says what it wants, names itself and whom it means to reach, and sends a fresh nonce
     * (hexadecimal), of which the first 16 digits are the same for all of a process's life.
     *
     * @param expirySeconds after how long locations expire at the dialler; 0 when they do not, or for STATUS
     */
    record Hello(int version, Role role, String from, String to, String nonce,
            long expirySeconds) implements LinkMessage {
    }

    /** The acceptor's nonce, and its proof that it holds the secret. */
    record Challenge(int version, String nonce, String proof) implements LinkMessage {
    }

    /** The dialler's proof that it holds the secret. */
    record Proof(String proof) implements LinkMessage {
    }

    /** The link is open. */
    record Welcome() implements LinkMessage {
    }

    /** The link will not be opened, and why, in words. */
    record Refusal(String reason) implements LinkMessage {
    }

    /** A location that the neighbour has accepted. */
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

    /** The acceptor says that it has met another server of the dialler's name, and where. */
    record Namesake(String address) implements LinkMessage {
    }

    /** The dialler asks for the digests of all buckets. */
    record DigestsWanted() implements LinkMessage {
    }

    /**
     * The digests of all buckets of the acceptor's store.
     *
     * @param cutoffNanos locations of a client time before this have expired there
     */
    record Digests(long cutoffNanos, long[] digests) implements LinkMessage {
    }

    /** The dialler asks what the acceptor has in a bucket. */
    record EntriesWanted(int bucket) implements LinkMessage {
    }

    /** Fingerprints of what the acceptor has in a bucket; more may follow. */
    record Entries(int bucket, boolean last, long[] fingerprints) implements LinkMessage {
    }

    /** How is this server? Answered by one line of JSON; the digest is of locations that are not before the cutoff. */
    record StatusWanted(long cutoffNanos) implements LinkMessage {
    }

    /** What does this server hold for a client? Answered by {@code - } or when it arrived (nanoseconds) and its AT line. */
    record TraceWanted(String client) implements LinkMessage {
    }

    /**
     * Read the topology file again, and change what it says; answered by one line of JSON.
     *
     * @param dry whether only to tell what would change
     */
    record ReloadWanted(boolean dry) implements LinkMessage {
    }

    /** No such message; it closes the link. */
    record Unknown() implements LinkMessage {
    }
}
