package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.SecretOption;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.server.files.SecretFile;
import dev.proxyherd.topology.ServerAddress;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/**
 * The secret that the herd's servers share: the one that was given, or one made here, where it is known here only. So a
 * herd that spans machines, or listens to others, must be given one.
 */
record SharedSecret(SecretOption option, PrintWriter err) {

    /**
     * Refuses a secret that is known here only where that will not do.
     *
     * @param addresses all that the servers listen on or dial
     */
    void check(List<ServerAddress> addresses) throws CliException {
        if (!option.isGiven()) {
            for (ServerAddress address : addresses) {
                refuseUnlessLoopback(address);
            }
        }
    }

    /** The secret; a warning is printed where others may read its file. */
    Secret read() throws CliException {
        // Links wait for the key, and all else of the start goes on beside it.
        Secret secret = option.givenOrMade(warning -> err.println("herd: warning: " + warning));
        secret.deriveSoon();
        Path file = option.file();
        String warning = file == null ? null : SecretFile.warning(file);
        if (warning != null) {
            err.println("herd: warning: " + warning);
        }
        return secret;
    }

    private static void refuseUnlessLoopback(ServerAddress address) throws CliException {
        try {
            if (InetAddress.getByName(address.host()).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            throw new CliException(
                    "the host of " + address + " is unknown here; mend its name in the topology, or set HERD_SECRET "
                            + "if only the other servers know it");
        }
        throw new CliException(address + " is not a loopback address, so the herd needs a secret that all its "
                + "servers share: set HERD_SECRET, or name a file with --secret-file (16 bytes or more, for "
                + "example from: openssl rand -hex 32)");
    }
}
