package dev.proxyherd.cli;

import dev.proxyherd.net.ClientLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** What can be set for servers; the environment and the topology file may set most of it too. */
final class ServerOptions {
    @Option(names = "--state-dir", paramLabel = "DIR", defaultValue = "state",
            description = "Where servers keep their files (default: ${DEFAULT-VALUE} in the current folder).")
    Path stateDir;

    @Option(names = "--secret-file", paramLabel = "FILE",
            description = "A file with the herd's secret, at least 16 bytes (default: the variable HERD_SECRET, "
                    + "else a secret made in the state folder).")
    Path secretFile;

    @Option(names = "--listen", paramLabel = "[NAME=]HOST:PORT",
            description = "Listen there instead of at the topology's address; with a name, that server only. Repeatable.")
    List<String> listen = List.of();

    @Option(names = "--max-connections", paramLabel = "N", defaultValue = "16000",
            description = "Clients that may be connected to a server at once (default: ${DEFAULT-VALUE}).")
    int maxConnections;

    @Option(names = "--max-line", paramLabel = "BYTES", defaultValue = "8192",
            description = "The longest line of a client, 64 to 65536 bytes (default: ${DEFAULT-VALUE}).")
    int maxLine;

    @Option(names = "--idle-timeout", paramLabel = "TIME", defaultValue = "15m",
            description = "Close a client's connection that was silent for so long (default: ${DEFAULT-VALUE}).")
    Duration idleTimeout;

    @Option(names = "--unread-timeout", paramLabel = "TIME", defaultValue = "30s",
            description = "Close a client's connection that left an answer unread for so long (default: ${DEFAULT-VALUE}).")
    Duration unreadTimeout;

    @Option(names = "--log-size", paramLabel = "SIZE", defaultValue = "256M",
            description = "Disk that a server's traffic log may take, rotated files included (default: ${DEFAULT-VALUE}).")
    ByteSize logSize;

    @Option(names = "--http", paramLabel = "[NAME=][HOST:]PORT", split = ",",
            description = "Open an HTTP port for phones, the API and the live map; without a host on 127.0.0.1, without a "
                    + "name for the first server here. Repeatable. none: no port (default: none; up: 127.0.0.1:8080, or "
                    + "the next free port).")
    List<String> http = List.of();

    @Option(names = "--http-token", paramLabel = "TOKEN",
            description = "What HTTP requests must carry, as bearer or as the password of basic authentication; better "
                    + "given as the variable HERD_HTTP_TOKEN. Needed for an address that others can reach.")
    String httpToken;

    @Option(names = "--http-open", negatable = true, defaultValue = "false", fallbackValue = "true",
            description = "Let others in over HTTP without a token.")
    boolean httpOpen;

    @Option(names = "--http-origin", paramLabel = "ORIGIN", split = ",",
            description = "An origin whose pages may use the API, such as https://example.org. Repeatable.")
    List<String> httpOrigins = List.of();

    @Option(names = "--http-host", paramLabel = "HOST", split = ",",
            description = "A name by which the HTTP port is reached, beside localhost and addresses. Repeatable.")
    List<String> httpHosts = List.of();

    ClientLimits clientLimits() throws CliException {
        check(maxConnections >= 1, "--max-connections must be at least 1");
        check(maxLine >= 64 && maxLine <= ClientLimits.MAX_LINE_BYTES, "--max-line must be 64 to 65536");
        check(idleTimeout.toMillis() >= 1000, "--idle-timeout must be at least 1s");
        check(unreadTimeout.toMillis() >= 1000, "--unread-timeout must be at least 1s");
        check(logSize.bytes() >= 64 * 1024, "--log-size must be at least 64K");
        return new ClientLimits(maxConnections, maxLine, idleTimeout, unreadTimeout);
    }

    private static void check(boolean holds, String otherwise) throws CliException {
        if (!holds) {
            throw new CliException(otherwise);
        }
    }
}
