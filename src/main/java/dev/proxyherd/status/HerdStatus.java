package dev.proxyherd.status;

import dev.proxyherd.status.ServerAnswer.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the herd is: what all its servers answered. It decides whether the herd has converged, and whether it is well, for
 * all who show that.
 *
 * @param seenFrom the server that shows this, whose clock is the one that asked; null for somebody outside the herd, whose
 *     clock then counts as one more
 * @param servers all servers of the topology
 */
public record HerdStatus(@Nullable String seenFrom, List<ServerAnswer> servers) {

    public HerdStatus {
        servers = List.copyOf(servers);
    }

    /** Whether all servers answered, have read their journals, and know the same. */
    public boolean isConverged() {
        return whyNotConverged() == null;
    }

    /**
     * Why the herd has not converged, in words; null when it has. Where locations expire and clocks differ that cannot be
     * told: what some servers take for expired, digests leave out.
     */
    public @Nullable String whyNotConverged() {
        List<ServerStatus> answered = answered();
        if (answered.size() < servers.size()) {
            return whoDidNotAnswer();
        }
        String readers = answered.stream().filter(HerdStatus::isReading).map(ServerStatus::name)
                .collect(Collectors.joining(", "));
        if (!readers.isEmpty()) {
            return "not yet read is the journal of " + readers;
        }
        if (answered.stream().map(ServerStatus::digest).distinct().count() != 1) {
            return "the servers' digests differ" + whoIsFull();
        }
        boolean expires = answered.stream()
                .anyMatch(status -> status.cutoffNanos() != 0 || status.goneCutoffNanos() != 0);
        return expires && new HerdClocks(this).isOneWrong()
                ? "while clocks differ it cannot be told whether all know the same" : null;
    }

    private static boolean isReading(ServerStatus status) {
        return status.journal() != null && !status.journal().replayed();
    }

    private String whoIsFull() {
        StringBuilder full = new StringBuilder();
        for (ServerStatus status : answered()) {
            if (status.room().full()) {
                full.append("; ").append(status.name()).append(" is full");
                if (status.room().lacking() > 0) {
                    full.append(", lacks ").append(status.room().lacking()).append(" of its neighbours' clients");
                }
                full.append(": give it a larger heap or --max-clients");
            }
        }
        return full.toString();
    }

    private String whoDidNotAnswer() {
        StringBuilder words = new StringBuilder();
        for (Failure.Kind kind : Failure.Kind.values()) {
            long count = servers.stream().filter(server -> server.hasFailed(kind)).count();
            if (count > 0) {
                words.append(words.isEmpty() ? count + " of " + servers.size() + " servers " : ", " + count + ' ')
                        .append(switch (kind) {
                            case SILENT -> "did not answer";
                            case REFUSED -> "refused";
                            case UNTRUSTED -> "showed a certificate that is not trusted here";
                        });
            }
        }
        return words.toString();
    }

    /**
     * What takes a person to repair, though all servers may answer and know the same: a clock that is wrong, two servers
     * of one name, a topology file that is another one or faulty, a journal that is too old, a certificate that has expired,
     * a broker that cannot be reached, a history that is not written, a webhook that takes no messages. In words, each naming its
     * server; empty when there is nothing.
     */
    public List<String> faults() {
        List<String> faults = new ArrayList<>(new HerdClocks(this).faults());
        faults.addAll(new HerdTopologies(answered()).faults());
        for (HerdLink link : links()) {
            if (link.status() != null && link.status().namesake() != null) {
                faults.add(link.from() + ": " + link.status().namesake());
            }
        }
        for (ServerStatus status : answered()) {
            if (status.journal() != null && status.journal().held() != null) {
                faults.add(status.name() + ": " + status.journal().held());
            }
            if (status.kafka() != null) {
                status.kafka().failures().forEach(failure -> faults.add(status.name() + ": kafka: " + failure));
            }
            if (status.hasExpiredCertificate()) {
                faults.add(status.name() + ": its certificate has expired; renew it");
            }
            if (status.mqtt() != null && !status.mqtt().connected()) {
                faults.add(status.name() + ": no connection with the MQTT broker " + status.mqtt().broker() + ": "
                        + status.mqtt().reason());
            }
            WebhookStatus webhooks = status.webhooks();
            if (webhooks != null) {
                webhooks.failures().forEach(failure -> faults.add(status.name() + ": webhook " + failure));
                int more = webhooks.failing() - webhooks.failures().size();
                if (more > 0) {
                    faults.add(status.name() + ": " + more + " more webhooks take no messages");
                }
                if (webhooks.diskFailure() != null) {
                    faults.add(status.name() + ": the outbox of webhooks: " + webhooks.diskFailure());
                }
            }
        }
        return List.copyOf(faults);
    }

    /** Whether the herd has converged, and nothing takes a person to repair. */
    public boolean isWell() {
        return isConverged() && faults().isEmpty();
    }

    /**
     * By how much the clock of each server that answered is ahead of the one that most agree with, or behind if negative,
     * nanoseconds.
     */
    public Map<String, Long> clockOffsets() {
        return new HerdClocks(this).offsets();
    }

    /** Each link once for each of its directions. */
    public List<HerdLink> links() {
        List<HerdLink> links = new ArrayList<>();
        for (ServerAnswer server : servers) {
            ServerStatus status = server.status();
            if (status == null) {
                server.neighbours().forEach(neighbour -> links.add(new HerdLink(server.name(), neighbour, null)));
            } else {
                status.links().forEach(link -> links.add(new HerdLink(server.name(), link.neighbour(), link)));
            }
        }
        return List.copyOf(links);
    }

    private List<ServerStatus> answered() {
        List<ServerStatus> answered = new ArrayList<>();
        for (ServerAnswer server : servers) {
            if (server.status() != null) {
                answered.add(server.status());
            }
        }
        return answered;
    }
}
