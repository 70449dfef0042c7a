package dev.proxyherd.link.session;

import dev.proxyherd.io.DurationText;
import java.time.Duration;

/**
 * How patient links are.
 *
 * @param heartbeat how often each end says that it is alive
 * @param silence how long nothing may arrive on a link before it is closed; the look that finds out comes up to
 *     {@link dev.proxyherd.io.Sweeper#PERIOD} later, and both together stay under the promised 5 s
 * @param dial how long connecting may take
 * @param handshake how long the handshake may take, for either end
 * @param backoffMin the first wait before dialling again
 * @param backoffMax the longest wait before dialling again
 */
public record LinkTiming(
        Duration heartbeat,
        Duration silence,
        Duration dial,
        Duration handshake,
        Duration backoffMin,
        Duration backoffMax) {

    /** What servers use. */
    public static LinkTiming standard() {
        return new LinkTiming(
                Duration.ofSeconds(1),
                Duration.ofMillis(4500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofMillis(50),
                Duration.ofSeconds(2));
    }

    /** How long TLS may take before the handshake, for either end: a process needs seconds for its first on a busy machine. */
    public Duration sealing() {
        return handshake.multipliedBy(3);
    }

    /** How long a server waits before it dials again that was refused since another goes by its name, or it is no neighbour. */
    Duration conflictWait() {
        return backoffMax.multipliedBy(5);
    }

    /** For how long it is shown that two servers go by one name, after that has last been seen. */
    Duration conflictMemory() {
        return conflictWait().multipliedBy(3);
    }

    /** How long the links of one that is a neighbour no more may go on, so that each end learns what the other lacks. */
    Duration leave() {
        return backoffMax.multipliedBy(15);
    }

    /** Why a connection is closed on which TLS took too long. */
    public String noSealing() {
        return "no TLS within " + DurationText.of(sealing());
    }

    /** Why a connection is closed whose handshake took too long. */
    public String noHandshake() {
        return "no handshake within " + DurationText.of(handshake);
    }
}
