package dev.proxyherd.cli.options;

import dev.proxyherd.link.seal.LinkTls;
import dev.proxyherd.link.seal.Sealing;
import dev.proxyherd.tls.SelfSigned;
import dev.proxyherd.tls.TlsFiles;
import dev.proxyherd.tls.TlsSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How connections between servers, and from commands to servers, are sealed. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TlsOptions {
    /** What a command's certificate is for that it makes itself; nobody asks for that name. */
    private static final String COMMAND = "herd-command";

    @Option(names = "--link-tls", paramLabel = "WHEN", defaultValue = "auto",
            description = "Which links are in TLS: auto (those that leave the machine), always, or never (default: "
                    + "${DEFAULT-VALUE}).")
    LinkTls linkTls;

    @Option(names = "--tls-cert", paramLabel = "FILE",
            description = "The certificate to show, and those it stands on, as PEM (default: one made here).")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE",
            description = "The key of --tls-cert, as PEM: PKCS#8, without a passphrase.")
    private @Nullable Path key;

    @Option(names = "--tls-ca", paramLabel = "FILE",
            description = "Certificates of the authorities that must have issued those of neighbours and commands, as PEM "
                    + "(default: any will do, as the secret's proof covers them).")
    private @Nullable Path authorities;

    /** Which links are in TLS. */
    public LinkTls mode() {
        return linkTls;
    }

    /** What was given, or null. */
    public @Nullable TlsFiles files() throws CliException {
        if (certificate == null && key == null) {
            CliException.unless(authorities == null,
                    "--tls-ca needs --tls-cert and --tls-key: who checks others' certificates must show one");
            return null;
        }
        if (certificate == null || key == null) {
            throw new CliException("--tls-cert and --tls-key belong together; give both");
        }
        return new TlsFiles(certificate, key, authorities);
    }

    /** How a command seals its connections: with what was given, or a pair that is made when it is first wanted. */
    public Sealing sealing() throws CliException {
        TlsFiles files = files();
        TlsSet given = files == null ? null : read(files);
        OwnPair own = new OwnPair();
        return new Sealing(linkTls, () -> given == null ? own.set() : given, InstantSource.system());
    }

    /** Made once, for all servers that are asked at once: on a machine that is busy that takes its time. */
    private static final class OwnPair {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable TlsSet made;

        TlsSet set() {
            lock.lock();
            try {
                TlsSet set = made == null ? new TlsSet(SelfSigned.make(COMMAND), null) : made;
                made = set;
                return set;
            } finally {
                lock.unlock();
            }
        }
    }

    private static TlsSet read(TlsFiles files) throws CliException {
        try {
            return files.read();
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }
}
