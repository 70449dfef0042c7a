package dev.proxyherd.cli.options;

import dev.proxyherd.client.HerdClient;
import dev.proxyherd.client.TlsFailedException;
import dev.proxyherd.tls.sockets.ClientTls;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which server a client command talks to. */
public final class ServerOption {
    @Option(names = "--server", paramLabel = "NAME",
            description = "The server to ask (default: the first one of the topology).")
    private @Nullable String server;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "15s",
            description = "How long to wait for the server (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Mixin
    private ClientTlsOptions tls;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private TopologyOption topology;

    public HerdClient connect() throws CliException {
        CliException.unless(!timeout.isZero(), "--timeout must be at least 1ms");
        if (tls.areUsed(command)) {
            TlsTarget target = tls.target(server, topology);
            return connect(target.server(), target.address(), target.tls());
        }
        Topology herd = topology.read();
        CliException.unless(server == null || herd.servers().containsKey(server) || !isAddress(server),
                "--server HOST:PORT goes with --tls; without it name one of the servers in " + topology.path()
                        + ": " + String.join(", ", herd.servers().keySet()));
        String name = server == null ? herd.servers().keySet().iterator().next() : server;
        return connect(name, topology.addressOf(name, herd), null);
    }

    private static boolean isAddress(String server) {
        NamedAddress address = NamedAddress.parse(server);
        return address != null && address.name() == null && address.host() != null;
    }

    private HerdClient connect(String name, ServerAddress address, @Nullable ClientTls in) throws CliException {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved(address.host(), address.port());
        try {
            return in == null ? HerdClient.connect(unresolved, timeout) : HerdClient.connect(unresolved, timeout, in);
        } catch (UnknownHostException e) {
            throw new CliException("the host of " + address + " is unknown here; mend its name in "
                    + topology.path() + ", or name another server with --server");
        } catch (TlsFailedException e) {
            throw new CliException("the server at " + e.getMessage());
        } catch (IOException e) {
            throw new CliException("no server " + name + " at " + e.getMessage()
                    + "; if it is not running anywhere, start it with: herd --name "
                    + name);
        }
    }

    /** Talks to the server and turns what goes wrong on the way into one line. */
    public int talk(Conversation conversation) throws CliException {
        HerdClient herd = connect();
        try (herd) {
            return conversation.with(herd);
        } catch (IOException e) {
            throw unanswered(herd, e);
        }
    }

    public static CliException unanswered(HerdClient herd, IOException failure) {
        return new CliException("the server at " + herd.address() + " did not answer: " + herd.whyFailed(failure));
    }

    /** What is said on one connection; returns the exit code. */
    public interface Conversation {
        int with(HerdClient herd) throws IOException;
    }
}
