package dev.proxyherd.server;

import dev.proxyherd.link.seal.Sealing;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.tls.LiveTls;
import dev.proxyherd.tls.SelfSignedFile;
import dev.proxyherd.tls.TlsFiles;
import dev.proxyherd.tls.TlsSet;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A server's key and certificates: those it was given, which change as their files do, or else those it has made itself, when
 * the first connection wanted them. Any threads.
 */
final class ServerTls {
    private final TlsSettings settings;
    private final SelfSignedFile own;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable TlsSet made;

    /** Null where none were given. */
    final @Nullable LiveTls live;

    /** What seals its links. */
    final Sealing sealing;

    /** @throws IOException if what was given cannot be used; the message says why */
    ServerTls(ServerConfig config, TrafficLog log) throws IOException {
        this.settings = config.settings().tls();
        this.own = new SelfSignedFile(config.certificateFile(), config.name().toString(), log::warn);
        TlsFiles files = settings.files();
        this.live = files == null ? null : new LiveTls(files, log::note, log::warn);
        this.sealing = new Sealing(settings.links(), this::current, config.context().clock());
    }

    /** What a new connection is to use. */
    TlsSet current() {
        if (live != null) {
            return live.current();
        }
        TlsSet known = made;
        return known == null ? make() : known;
    }

    private TlsSet make() {
        making.lock();
        try {
            TlsSet known = made;
            if (known == null) {
                known = new TlsSet(own.readOrMake(), null);
                made = known;
            }
            return known;
        } finally {
            making.unlock();
        }
    }

    /** Has ready what others will want soon, so that no handshake waits for it. */
    void prepare(InetAddress listen) {
        if (!listen.isLoopbackAddress() || !settings.listen().isEmpty()) {
            current();
        }
    }
}
