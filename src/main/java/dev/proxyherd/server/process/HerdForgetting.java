package dev.proxyherd.server.process;

import dev.proxyherd.gateway.api.ClientForgetter;
import dev.proxyherd.server.HerdServer;
import dev.proxyherd.server.survey.HerdForget;
import dev.proxyherd.server.survey.HerdSurvey;
import dev.proxyherd.status.ForgetOutcome;
import dev.proxyherd.topology.Topology;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Has the herd forget clients from one server's HTTP port: asks the others over the wire, and writes here. Any threads. */
public final class HerdForgetting implements ClientForgetter {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** How long the others may take to hold what was written: together with the limit well below that of a request. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HerdServer server;
    private final Supplier<Topology> topology;

    /** @param topology the herd as it is now; asked each time */
    public HerdForgetting(HerdServer server, Supplier<Topology> topology) {
        this.server = server;
        this.topology = topology;
    }

    @Override
    public ForgetOutcome forget(String client) throws IOException, InterruptedException {
        Topology herd = topology.get();
        List<String> others = new ArrayList<>(herd.servers().keySet());
        others.remove(server.config().name().toString());
        return new HerdForget(new HerdSurvey(herd, server.credentials(), LIMIT), others, new Here(server), PATIENCE)
                .forget(List.of(client));
    }

    private record Here(HerdServer server) implements HerdForget.Scribe {

        @Override
        public boolean knows(String client) {
            return !server.isReplayed() || server.store().find(client) != null;
        }

        @Override
        public List<String> write(List<String> asked, Map<String, Long> times) throws IOException {
            List<String> lines = new ArrayList<>();
            for (Map.Entry<String, Long> one : times.entrySet()) {
                lines.add(server.forget(one.getKey(), one.getValue()));
            }
            return lines;
        }
    }
}
