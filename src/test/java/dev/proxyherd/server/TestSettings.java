package dev.proxyherd.server;

import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.seal.Credentials;
import dev.proxyherd.link.seal.LinkTls;
import dev.proxyherd.link.seal.Sealing;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.net.ConnectionLimits;
import dev.proxyherd.tls.SelfSigned;
import dev.proxyherd.tls.TlsSet;
import java.time.Duration;
import java.time.InstantSource;

/** What servers in tests grant their clients, and how patient they are with neighbours. */
public final class TestSettings {
    /** Limits as servers have them by default. */
    public static final ClientLimits LIMITS =
            limits(16_000, 8192, Duration.ofMinutes(15), Duration.ofSeconds(30));

    /** Longer than a test's own thread, which often plays the other end, may have to wait for a processor. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Quick to dial again, slow to give up. */
    public static final LinkTiming TIMING = timing(PATIENCE);

    /** Seals nothing. */
    public static final Sealing PLAIN = new Sealing(LinkTls.NEVER, () -> {
        throw new AssertionError("nothing is sealed here");
    }, InstantSource.system());

    /** What a command has that was given this secret, and no certificate. */
    public static Credentials credentials(String secret) {
        return new Credentials(Secret.of(secret), new Sealing(LinkTls.AUTO,
                () -> new TlsSet(SelfSigned.make("herd-command"), null), InstantSource.system()));
    }

    private TestSettings() {
    }

    /** Short pauses between tries, and this much patience with a silent neighbour. */
    public static LinkTiming timing(Duration silence) {
        return timing(silence, PATIENCE);
    }

    /** As {@link #timing(Duration)}, and this much patience with one who does not go on with the handshake. */
    public static LinkTiming timing(Duration silence, Duration handshake) {
        return new LinkTiming(Duration.ofMillis(100), silence, Duration.ofSeconds(2), handshake,
                Duration.ofMillis(10), Duration.ofMillis(100));
    }

    /** Limits that refuse no report. */
    public static ClientLimits limits(int connections, int lineBytes, Duration idle, Duration unread) {
        return new ClientLimits(new ConnectionLimits(connections, 0), lineBytes, idle, unread, Duration.ofDays(100_000),
                Integer.MAX_VALUE);
    }
}
