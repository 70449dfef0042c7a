package dev.proxyherd.cli.measure;

import dev.proxyherd.bench.BenchPlan;
import dev.proxyherd.bench.BenchTarget;
import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.ClientTlsOptions;
import dev.proxyherd.cli.options.TlsTarget;
import dev.proxyherd.cli.options.TopologyOption;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What {@code herd bench} is to measure. */
final class BenchOptions {
    private static final int CLOSED_DEPTH = 1;
    private static final int OPEN_DEPTH = 16;

    @Option(names = "--server", paramLabel = "NAME",
            description = "A server to measure; repeatable (default: all of the topology). Connections go round them.")
    private List<String> servers = List.of();

    @Mixin
    private ClientTlsOptions tls;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "64",
            description = "Connections in all, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--depth", paramLabel = "N",
            description = "The most requests under way on a connection, 1 to 1024 (default: " + CLOSED_DEPTH
                    + "; with --rate " + OPEN_DEPTH + ").")
    private @Nullable Integer depth;

    @Option(names = "--rate", paramLabel = "N",
            description = "Open loop: so many requests a second fall due over all connections, and latency counts from "
                    + "then (default: closed loop, the next request waits for an answer).")
    private @Nullable Double rate;

    @Option(names = "--duration", paramLabel = "TIME", defaultValue = "10s",
            description = "How long to measure (default: ${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(names = "--warmup", paramLabel = "TIME", defaultValue = "3s",
            description = "How long to go on before that (default: ${DEFAULT-VALUE}).")
    private Duration warmup;

    @Option(names = "--mix", paramLabel = "PERCENT", defaultValue = "0",
            description = "How many in a hundred requests are WHATSAT, the others IAMAT (default: ${DEFAULT-VALUE}).")
    private int mix;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "1000",
            description = "How many client IDs to use: bench-00000000 and on (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--radius", paramLabel = "KM", defaultValue = "10",
            description = "Of a WHATSAT, 0 to 50 (default: ${DEFAULT-VALUE}).")
    private BigDecimal radius;

    @Option(names = "--bound", paramLabel = "N", defaultValue = "5",
            description = "Of a WHATSAT, 0 to 20 (default: ${DEFAULT-VALUE}).")
    private int bound;

    @Mixin
    private TopologyOption topologyOption;

    /** @param spec the command's */
    BenchPlan plan(CommandSpec spec) throws CliException {
        List<BenchTarget> targets = targets(tls.areUsed(spec));
        if (rate != null && !(rate > 0)) {
            throw new CliException("--rate must be above 0, and at most 10000000");
        }
        int underWay = depth != null ? depth : rate == null ? CLOSED_DEPTH : OPEN_DEPTH;
        try {
            return new BenchPlan(targets, connections, underWay, rate == null ? 0 : rate, warmup, duration, mix,
                    clients,
                    radius, bound);
        } catch (IllegalArgumentException e) {
            throw new CliException(e.getMessage());
        }
    }

    private List<BenchTarget> targets(boolean inTls) throws CliException {
        List<String> names =
                servers.isEmpty() ? List.copyOf(topologyOption.read().servers().keySet()) : servers;
        List<BenchTarget> targets = new ArrayList<>();
        for (String name : names) {
            if (inTls) {
                TlsTarget target = tls.target(name, topologyOption);
                targets.add(new BenchTarget(target.server(), target.address(), target.tls()));
            } else {
                targets.add(new BenchTarget(name, topologyOption.addressOf(name, topologyOption.read()), null));
            }
        }
        return targets;
    }
}
