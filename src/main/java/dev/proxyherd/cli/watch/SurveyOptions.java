package dev.proxyherd.cli.watch;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.SecretOption;
import dev.proxyherd.cli.options.TlsOptions;
import dev.proxyherd.cli.options.TopologyDefaults;
import dev.proxyherd.cli.options.TopologyOption;
import dev.proxyherd.link.seal.Credentials;
import dev.proxyherd.server.survey.HerdSurvey;
import dev.proxyherd.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command asks servers of the herd. */
final class SurveyOptions {
    private static final Duration LONGEST = Duration.ofDays(1);

    @Mixin
    private TopologyOption topologyOption;

    @Mixin
    private SecretOption secret;

    @Mixin
    private TlsOptions tls;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "2s",
            description = "How long to wait for each server (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    /** The names of the herd's servers, in the topology's order. */
    Collection<String> servers() throws CliException {
        return topologyOption.read().servers().keySet();
    }

    /** Where servers that are started here keep their files. */
    Path stateDir() throws CliException {
        return secret.stateDir();
    }

    /** @param spec the command's; the topology file may set what it was not told */
    HerdSurvey survey(CommandSpec spec) throws CliException {
        CliException.unless(!timeout.isZero() && timeout.compareTo(LONGEST) <= 0, "--timeout must be 1ms to 1d");
        Topology topology = topologyOption.read();
        TopologyDefaults.apply(topology, spec);
        // Where virtual threads have waited for sockets, the JVM takes 300 ms longer to exit (measured with Java 25).
        return new HerdSurvey(topology, new Credentials(secret.givenOrFound(), tls.sealing()), timeout,
                InstantSource.system(),
                Thread.ofPlatform().daemon().factory());
    }

    /** The one server of this name; all where none is named. */
    static Collection<String> named(@Nullable String name, HerdSurvey survey) throws CliException {
        Set<String> all = survey.servers();
        CliException.unless(name == null || all.contains(name), "there is no server '" + name
                + "' in the topology; the servers are " + String.join(", ", all));
        return name == null ? all : List.of(name);
    }
}
