package dev.proxyherd.gateway.metrics;

import dev.proxyherd.gateway.http.GatewayCounts;
import dev.proxyherd.gateway.index.KnownClients;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.log.Faults;
import dev.proxyherd.status.HerdStatus;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * {@code GET /metrics}, in the text formats of Prometheus. Nothing is counted here: at each scrape the client library asks
 * the counters that the server keeps. Its classes load with the first scrape, through {@link MetricsEndpoint}.
 */
public final class MetricsPage {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();

    public MetricsPage(KnownClients known, Meters meters, Supplier<HerdStatus> herd, GatewayCounts counts,
            Faults faults,
            LongSupplier refusedConnections) {
        registry.register(new TimingsCollector("herd_command_duration_seconds",
                "Commands of clients by name and outcome, and how long answering took.", "command", meters.commands()));
        registry.register(new TimingsCollector("herd_places_lookup_duration_seconds",
                "Places lookups by outcome, and how long they took.", null, meters.places()));
        registry.register(new TimingsCollector("herd_flood_delay_seconds",
                "Time between a client's report, where it was heard, and its arrival here over a link.", "neighbour",
                meters.flood()));
        gauge("herd_clients", "Clients whose location is known.", known::size);
        registry.register(new HerdCollector(herd));
        counter("herd_refused_connections", "Connections refused since their address had as many as one may.",
                refusedConnections::getAsLong);
        counter("herd_http_requests", "HTTP requests served.", counts.requests::sum);
        counter("herd_http_refused", "HTTP requests answered with an error.", counts.refusedRequests::sum);
        counter("herd_http_failed_accepts",
                "Times that no HTTP connection of this process could be accepted, as when file "
                        + "descriptors are out.",
                counts.failedAccepts::sum);
        counter("herd_http_reports", "Reports of apps taken in.", counts.reports::sum);
        CounterWithCallback.builder().name("herd_http_refused_reports").help("Reports of apps not taken in, by reason.")
                .labelNames("reason").callback(to -> counts.refusedReports.forEach(
                        (reason, count) -> to.call(count.sum(), reason.label())))
                .register(registry);
        counter("herd_http_events", "Updates sent to event subscribers.", counts.events::sum);
        gauge("herd_http_subscribers", "Event subscribers.", counts.subscribers::get);
        registry.register(CounterWithCallback.builder().name("herd_thread_faults")
                .help("Faults of the program that threads have survived.").labelNames("thread")
                .callback(to -> faults.counts().forEach((thread, count) -> to.call(count, thread))).build());
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

    /** The page, in the format that the scraper asks for. */
    Reply get(String accept) throws IOException {
        ExpositionFormatWriter writer = accept != null && accept.contains("application/openmetrics-text")
                ? formats.getOpenMetricsTextFormatWriter() : formats.getPrometheusTextFormatWriter();
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        writer.write(page, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        return Reply.ok(writer.getContentType(), page.toByteArray());
    }
}
