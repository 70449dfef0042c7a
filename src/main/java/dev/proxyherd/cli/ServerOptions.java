package dev.proxyherd.cli;

import dev.proxyherd.log.TrafficLog;
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
            description = "Disk that a server's traffic log may take, rotated files included, 4M or more "
                    + "(default: ${DEFAULT-VALUE}).")
    ByteSize logSize;

    ClientLimits clientLimits() throws CliException {
        check(maxConnections >= 1, "--max-connections must be at least 1");
        check(maxLine >= 64 && maxLine <= ClientLimits.MAX_LINE_BYTES, "--max-line must be 64 to 65536");
        check(isTimeout(idleTimeout), "--idle-timeout must be 1s to 365d");
        check(isTimeout(unreadTimeout), "--unread-timeout must be 1s to 365d");
        check(logSize.bytes() >= TrafficLog.LEAST_BYTES, "--log-size must be at least 4M");
        return new ClientLimits(maxConnections, maxLine, idleTimeout, unreadTimeout);
    }

    private static boolean isTimeout(Duration limit) {
        return limit.compareTo(Duration.ofSeconds(1)) >= 0 && limit.compareTo(Duration.ofDays(365)) <= 0;
    }

    private static void check(boolean holds, String otherwise) throws CliException {
        if (!holds) {
            throw new CliException(otherwise);
        }
    }
}
