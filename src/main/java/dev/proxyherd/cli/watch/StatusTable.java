package dev.proxyherd.cli.watch;

import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.HistoryStatus;
import dev.proxyherd.status.JournalStatus;
import dev.proxyherd.status.KafkaStatus;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.MqttStatus;
import dev.proxyherd.status.ReloadStatus;
import dev.proxyherd.status.ServerAnswer;
import dev.proxyherd.status.ServerAnswer.Failure;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.status.WebhookStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Prints for people how the servers are. */
final class StatusTable {
    private static final double MILLIS = 1000;

    private final PrintWriter out;
    private final Ansi ansi;

    StatusTable(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    void print(HerdStatus herd) {
        herd.servers().forEach(this::print);
        herd.faults().forEach(fault -> out.println(bad("wrong") + ": " + fault));
        String reason = herd.whyNotConverged();
        out.println(reason == null
                ? good("converged") + (herd.servers().size() == 1 ? ": the one server that was asked answers"
                        : ": all " + herd.servers().size() + " servers know the same")
                : bad("not converged") + ": " + reason);
    }

    private void print(ServerAnswer server) {
        ServerStatus status = server.status();
        if (status == null) {
            Failure failure = Objects.requireNonNull(server.failure(), "a failure where there is no status");
            out.printf(Locale.ROOT, "%-12s %s  %s%n", server.name(), bad(switch (failure.kind()) {
                case SILENT -> "down";
                case REFUSED -> "refused";
                case UNTRUSTED -> "untrusted";
            }), failure.reason());
            return;
        }
        out.printf(Locale.ROOT, "%-12s %s    %,d clients%s, digest %s, %,d connections, up since %s, %s%n",
                server.name(), good("up"), status.clients(), forgotten(status), status.digest(), status.connections(),
                Instant.ofEpochMilli(status.startedMillis()).truncatedTo(ChronoUnit.SECONDS),
                journal(status.journal()));
        ReloadStatus reload = status.topology().reload();
        out.printf("  topology %s%s%n", status.topology().hash(), reload == null ? "" : ", read again at "
                + Instant.ofEpochMilli(reload.atMillis()).truncatedTo(ChronoUnit.SECONDS) + ": " + words(reload));
        if (status.certificateEndMillis() != null) {
            printEnd(Duration.ofMillis(status.certificateEndMillis() - status.nowNanos() / 1_000_000));
        }
        if (status.mqtt() != null) {
            print(status.mqtt());
        }
        WebhookStatus webhooks = status.webhooks();
        if (webhooks != null && webhooks.waiting() + webhooks.delivered() + webhooks.givenUp() > 0) {
            print(webhooks);
        }
        if (status.room().full()) {
            out.printf(Locale.ROOT,
                    "  %s: lacks %,d of its neighbours' clients; --max-clients is %,d, and refused were "
                            + "%,d reports, %,d locations of neighbours, %,d of its journal%n",
                    bad("full"),
                    status.room().lacking(), status.room().maxClients(), status.room().refusedReports(),
                    status.room().refusedTaught(), status.room().refusedReplayed());
        }
        status.links().forEach(this::print);
        if (status.kafka() != null) {
            print(status.kafka());
        }
    }

    private void print(MqttStatus mqtt) {
        out.printf(Locale.ROOT,
                "  mqtt %s %s  %,d reports taken, %,d refused; %,d published, queue %,d, %,d dropped%n", mqtt.broker(),
                mqtt.connected() ? good("up") : bad("down"), mqtt.taken(), mqtt.refused(), mqtt.published(),
                mqtt.queued(), mqtt.dropped());
    }

    private void print(WebhookStatus webhooks) {
        boolean well = webhooks.failing() == 0 && webhooks.diskFailure() == null;
        out.printf(Locale.ROOT, "  webhooks %s  %,d messages wait, outbox %,d KB, %,d delivered, %,d given up%n",
                well ? good("well") : bad("failing"), webhooks.waiting(), webhooks.bytes() / 1024,
                webhooks.delivered(), webhooks.givenUp());
    }

    private static String forgotten(ServerStatus status) {
        return status.forgotten() == 0 ? "" : String.format(Locale.ROOT, ", %,d forgotten", status.forgotten());
    }

    private String words(ReloadStatus reload) {
        if (reload.fault() != null) {
            return bad("fault");
        }
        List<String> words = new ArrayList<>(reload.changes());
        if (!reload.restart().isEmpty()) {
            words.add("takes a restart: " + String.join(", ", reload.restart()));
        }
        reload.overruled().forEach(one -> words.add("left as it was: " + one));
        return words.isEmpty() ? "the fault is mended" : String.join("; ", words);
    }

    private void printEnd(Duration left) {
        out.printf(Locale.ROOT, "  certificate %s%n",
                left.isNegative() ? bad("expired") : "ends in " + left.toDays() + " days");
    }

    private void print(LinkStatus link) {
        if (link.up()) {
            out.printf(Locale.ROOT,
                    "  -> %-10s %s  queue %,d, heard %.1f s ago, opened %,d times, %,d lines sent, %,d of them resent%s%n",
                    link.neighbour(), good("up"), link.queued(), link.heardMillisAgo() / 1000.0, link.starts(),
                    link.linesSent(), link.linesResent(), link.incoming() ? "" : "; its own link to here is down");
        } else {
            out.printf(Locale.ROOT, "  -> %-10s %s  %s%n", link.neighbour(), bad("down"), link.reason());
        }
    }

    private void print(KafkaStatus kafka) {
        out.printf(Locale.ROOT,
                "  kafka %s %s  lag %,d records, %.1f s, queue %,d, %,d published, %,d read, %,d of them known, "
                        + "%,d skipped%s%n",
                kafka.topic(), kafka.connected() ? good("up") : bad("down"), kafka.lagRecords(),
                kafka.lagMillis() / MILLIS, kafka.queued(), kafka.published(), kafka.read(), kafka.duplicates(),
                kafka.skipped(), kafka.failure() == null ? "" : "; " + bad("failing"));
        if (kafka.history() != null) {
            print(kafka.history());
        }
    }

    private void print(HistoryStatus history) {
        out.printf(Locale.ROOT, "  history %s  queue %,d, %,d written, %s left out%s%n", history.topic(),
                history.queued(),
                history.written(),
                history.leftOut() == 0 ? "0" : bad(String.format(Locale.ROOT, "%,d", history.leftOut())),
                history.failure() == null ? "" : "; " + bad("failing"));
    }

    private String journal(@Nullable JournalStatus journal) {
        if (journal == null) {
            return "no journal";
        }
        String size = String.format(Locale.ROOT, "journal %,d records, %,d KB, last round %,d ms",
                journal.records(), journal.bytes() / 1024, journal.lastRoundMillis());
        if (journal.unread() > 0) {
            size += String.format(Locale.ROOT, ", %,d of them unread for want of room", journal.unread());
        }
        if (journal.failure() != null) {
            return size + " " + bad("failing: " + journal.failure());
        }
        return journal.replayed() ? size : size + " (being replayed)";
    }

    private String good(String text) {
        return ansi.string("@|green " + text + "|@");
    }

    private String bad(String text) {
        return ansi.string("@|red " + text + "|@");
    }
}
