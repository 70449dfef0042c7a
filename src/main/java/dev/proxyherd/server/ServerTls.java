package dev.proxyherd.server;

import dev.proxyherd.io.LiveFile;
import dev.proxyherd.io.TlsLayer;
import dev.proxyherd.link.seal.Sealing;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.net.Door;
import dev.proxyherd.rights.LiveTokens;
import dev.proxyherd.tls.Authorities;
import dev.proxyherd.tls.Identity;
import dev.proxyherd.tls.LiveTls;
import dev.proxyherd.tls.SelfSignedFile;
import dev.proxyherd.tls.TlsFiles;
import dev.proxyherd.tls.TlsSet;
import dev.proxyherd.tls.sockets.LiveContext;
import dev.proxyherd.tls.sockets.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server's key and certificates: those it was given, which change as their files do, or else those it has made itself, when
 * the first connection wanted them. Any threads.
 */
final class ServerTls {
    /** From so long before their end on certificates are warned of. */
    private static final Duration END_NEARS = Duration.ofDays(14);

    private final TlsSettings settings;
    private final InstantSource clock;
    private final Consumer<String> warnings;
    private final Consumer<String> notes;
    private final SelfSignedFile own;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable TlsSet made;
    private volatile @Nullable Https https;

    /** Of the thread that looks, after the one that starts. */
    private Instant warnAgain = Instant.MIN;

    /** Null where none were given. */
    final @Nullable LiveTls live;

    /** Null where clients show no certificates. */
    final @Nullable LiveFile<Authorities> clientAuthorities;

    /** What seals its links. */
    final Sealing sealing;

    /** @throws IOException if what was given cannot be used; the message says why */
    ServerTls(ServerConfig config, TrafficLog log) throws IOException {
        this.settings = config.settings().tls();
        this.clock = config.context().clock();
        this.warnings = log::warn;
        this.notes = log::note;
        this.own = new SelfSignedFile(config.certificateFile(), config.name().toString(), log::warn);
        TlsFiles files = settings.files();
        this.live = files == null ? null : new LiveTls(files, clock, log::note, log::warn);
        Path clients = config.settings().tokens().clientAuthorities();
        this.clientAuthorities = clients == null ? null : new LiveFile<>(clients, Authorities.maxBytes(),
                content -> Authorities.parse(clients, content), log::note, log::warn);
        this.sealing = new Sealing(settings.links(), this::current, clock);
    }

    /** What a new connection is to use. */
    TlsSet current() {
        if (live != null) {
            return live.current();
        }
        TlsSet known = made;
        return known == null ? make() : known;
    }

    /** What an HTTPS port uses, whatever the certificates are at the moment. */
    SSLContext https() {
        return new LiveContext(this::currentHttps);
    }

    /** The same one as long as the certificates are, so that browsers may resume their sessions. */
    private SSLContext currentHttps() {
        Https known = https;
        Identity identity = current().identity();
        if (known == null || !known.identity().equals(identity)) {
            known = new Https(identity, TlsContexts.forServer(identity));
            https = known;
        }
        return known.context();
    }

    private record Https(Identity identity, SSLContext context) {
    }

    /** How TLS is laid over a client's connection. */
    TlsLayer client() {
        return TlsContexts.accepting(current().identity(), clientAuthorities != null);
    }

    /** Who lets clients in TLS in; null where everybody may come. */
    @Nullable
    Door door(@Nullable LiveTokens tokens) {
        return clientAuthorities == null || tokens == null ? null
                : new CertifiedClients(clientAuthorities, tokens, clock, notes);
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

    /**
     * Has ready what others will want soon, so that no handshake waits for it.
     *
     * @param names those of the server that its certificate may be for
     */
    void prepare(InetAddress listen, Set<String> names) {
        if (!listen.isLoopbackAddress() || !settings.listen().isEmpty() || settings.http()) {
            current();
        }
        if (live != null) {
            watch(live, names);
        }
    }

    /** Waits for the next look at what was given, and looks; true, for there is always another. */
    boolean round(LiveTls given, Supplier<Set<String>> names) throws InterruptedException {
        given.round(names);
        watch(given, names.get());
        return true;
    }

    /** When the certificates that were given are not valid any more; null where none were: those made here have no end. */
    @Nullable
    Instant end() {
        return live == null ? null : live.current().identity().expiry();
    }

    /**
     * Warns once a day of a certificate that nobody accepts, or from some days before its end on. The server goes on, and
     * starts: those who check nothing, as clients in the plain do, are served.
     */
    private void watch(LiveTls given, Set<String> names) {
        Instant now = clock.instant();
        if (now.isBefore(warnAgain)) {
            return;
        }
        Instant end = given.current().identity().expiry();
        String objection = given.objection(names);
        if (objection == null && now.isBefore(end.minus(END_NEARS))) {
            return;
        }
        warnAgain = now.plus(Duration.ofDays(1));
        warnings.accept(objection != null
                ? objection + ": neighbours and clients that check it (--tls-cert) refuse it; renew it"
                : "the certificate (--tls-cert) ends in " + Duration.between(now, end).toDays() + " days, at " + end
                        + "; renew it");
    }
}
