package dev.proxyherd.gateway;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * {@code GET /metrics}, in the text formats of Prometheus. Nothing is counted here: at each scrape the client library asks
 * the counters that the server keeps. Its classes load with the first scrape, through {@link MetricsDoor}.
 */
final class MetricsPage {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();

    MetricsPage(Known known, Meters meters, Supplier<HerdStatus> herd, GatewayCounts counts) {
        registry.register(new TimingsCollector("herd_command_duration_seconds",
                "Commands of clients by name and outcome, and how long answering took.", "command", meters.commands()));
        registry.register(new TimingsCollector("herd_places_lookup_duration_seconds",
                "Places lookups by outcome, and how long they took.", "provider", meters.places()));
        registry.register(new TimingsCollector("herd_flood_delay_seconds",
                "Time between a client's report, where it was heard, and its arrival here over a link.", "neighbour",
                meters.flood()));
        gauge("herd_clients", "Clients whose location is known.", known::size);
        links(herd, "herd_link_up", "Whether the link is up.", link -> link.state() == HerdStatus.State.UP ? 1 : 0);
        links(herd, "herd_link_queue", "Updates that wait to be sent.", HerdStatus.Link::queue);
        servers(herd, "herd_connections", "Connections that are open.", HerdStatus.Server::connections);
        servers(herd, "herd_journal_bytes", "Size of the journal.", HerdStatus.Server::journalBytes);
        servers(herd, "herd_journal_records", "Records in the journal.", HerdStatus.Server::journalRecords);
        linkCounter(herd, "herd_link_sent_lines", "AT lines sent.", HerdStatus.Link::sentLines);
        linkCounter(herd, "herd_link_sent_bytes", "Bytes of AT lines sent.", HerdStatus.Link::sentBytes);
        linkCounter(herd, "herd_link_resyncs", "Times that the link has come up.", HerdStatus.Link::resyncs);
        counter("herd_http_requests", "HTTP requests served.", counts.requests::sum);
        counter("herd_http_refused", "HTTP requests answered with an error.", counts.refusedRequests::sum);
        counter("herd_http_reports", "Reports of apps taken in.", counts.reports::sum);
        counter("herd_http_refused_reports", "Reports of apps that were malformed.", counts.refusedReports::sum);
        counter("herd_http_events", "Updates sent to event subscribers.", counts.events::sum);
        gauge("herd_http_subscribers", "Event subscribers.", counts.subscribers::get);
        JvmMetrics.builder().register(registry);
    }

    private interface Value {
        long get();
    }

    private void gauge(String name, String help, Value value) {
        GaugeWithCallback.builder().name(name).help(help).callback(to -> to.call(value.get())).register(registry);
    }

    private void counter(String name, String help, Value value) {
        CounterWithCallback.builder().name(name).help(help).callback(to -> to.call(value.get())).register(registry);
    }

    private void links(Supplier<HerdStatus> herd, String name, String help, ToLongFunction<HerdStatus.Link> value) {
        GaugeWithCallback.builder().name(name).help(help).labelNames("from", "to")
                .callback(to -> own(herd.get()).forEach(link -> {
                    if (value.applyAsLong(link) >= 0) {
                        to.call(value.applyAsLong(link), link.from(), link.to());
                    }
                })).register(registry);
    }

    private void linkCounter(Supplier<HerdStatus> herd, String name, String help, ToLongFunction<HerdStatus.Link> value) {
        CounterWithCallback.builder().name(name).help(help).labelNames("from", "to")
                .callback(to -> own(herd.get()).forEach(link -> {
                    if (value.applyAsLong(link) >= 0) {
                        to.call(value.applyAsLong(link), link.from(), link.to());
                    }
                })).register(registry);
    }

    private static Iterable<HerdStatus.Link> own(HerdStatus status) {
        return status.links().stream().filter(link -> link.state() != HerdStatus.State.UNKNOWN).toList();
    }

    private void servers(Supplier<HerdStatus> herd, String name, String help, ToLongFunction<HerdStatus.Server> value) {
        GaugeWithCallback.builder().name(name).help(help).labelNames("server")
                .callback(to -> herd.get().servers().forEach(server -> {
                    if (value.applyAsLong(server) >= 0) {
                        to.call(value.applyAsLong(server), server.name());
                    }
                })).register(registry);
    }

    /** The page, in the format that the scraper asks for. */
    Reply get(String accept) throws IOException {
        ExpositionFormatWriter writer = accept != null && accept.contains("application/openmetrics-text")
                ? formats.getOpenMetricsTextFormatWriter() : formats.getPrometheusTextFormatWriter();
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        writer.write(page, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        return Reply.ok(writer.getContentType(), page.toByteArray());
    }
}
