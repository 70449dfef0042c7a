package dev.proxyherd.cli.options;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether a client command speaks TLS, and whom it trusts then. */
public final class ClientTlsOptions {
    @Option(names = "--tls", fallbackValue = "true",
            description = "Speak TLS, to the port that the topology file's listenTls says, or else to --server HOST:PORT.")
    private boolean tls;

    @Option(names = "--tls-ca", paramLabel = "FILE",
            description = "With --tls: certificates of the authorities that must have issued the server's, as PEM (default: those "
                    + "that Java trusts).")
    private @Nullable Path authorities;

    /** Whether it does; says so where one of the options is no use without the other. */
    public boolean areUsed(CommandSpec command) throws CliException {
        // What the environment says is for servers, too, and asks nothing of a command.
        CliException.unless(tls || !command.commandLine().getParseResult().hasMatchedOption("--tls-ca"),
                "--tls-ca needs --tls");
        return tls;
    }

    /**
     * Which port for clients in TLS is a server's.
     *
     * @param server its name, an address, or null for the topology's first server
     */
    public TlsTarget target(@Nullable String server, TopologyOption topology) throws CliException {
        return TlsTarget.of(server, topology, authorities);
    }
}
