package dev.proxyherd.gateway.metrics;

import dev.proxyherd.apps.ReportCounts;
import dev.proxyherd.gateway.api.EventCounts;
import dev.proxyherd.gateway.http.RequestCounts;
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
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /metrics}, in the text formats of Prometheus. Nothing is counted here: at each scrape the client library asks
 * the counters that the server keeps, and shows the histograms of {@link Meters}.
 */
public final class MetricsPage {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();

    /** @param meters filled by the server */
    public MetricsPage(Meters meters) {
        meters.register(registry);
        JvmMetrics.builder().register(registry);
    }

    /** Shows the herd's servers and links, and what this server knows and has refused. */
    public MetricsPage herd(Supplier<HerdStatus> herd, IntSupplier clients, IntSupplier forgotten,
            LongSupplier refusedConnections) {
        registry.register(new HerdCollector(herd));
        gauge("herd_clients", "Clients whose location is known.", clients::getAsInt);
        gauge("herd_forgotten", "Clients that are known to have been forgotten.", forgotten::getAsInt);
        counter("herd_refused_connections", "Connections refused since their address had as many as one may.",
                refusedConnections);
        return this;
    }

    /** Shows how clients are followed in fences. */
    public MetricsPage fences(IntSupplier fences, LongSupplier crossings, LongSupplier skipped) {
        gauge("herd_fences", "Fences that clients are followed in.", fences::getAsInt);
        counter("herd_fence_crossings", "Crossings of fences that this server has told.", crossings);
        counter("herd_fence_skipped_reports",
                "Reports that were passed over for newer ones of their clients, as too many waited.", skipped);
        return this;
    }

    /** Shows what the gateway counts of itself. */
    public MetricsPage gateway(RequestCounts requests, ReportCounts reports, EventCounts events) {
        counter("herd_http_requests", "HTTP requests served.", requests::served);
        counter("herd_http_refused", "HTTP requests answered with an error.", requests::refused);
        counter("herd_http_failed_accepts",
                "Times that no HTTP connection of this process could be accepted, as when file "
                        + "descriptors are out.",
                requests::failedAccepts);
        counter("herd_http_reports", "Reports of apps taken in.", reports::taken);
        CounterWithCallback.builder().name("herd_http_refused_reports").help("Reports of apps not taken in, by reason.")
                .labelNames("reason")
                .callback(to -> reports.refused((reason, count) -> to.call((double) count, reason)))
                .register(registry);
        counter("herd_http_events", "Updates sent to event subscribers.", events::sent);
        gauge("herd_http_subscribers", "Event subscribers.", events::subscribers);
        return this;
    }

    /** Shows the faults that threads have survived. */
    public MetricsPage faults(Faults faults) {
        registry.register(CounterWithCallback.builder().name("herd_thread_faults")
                .help("Faults of the program that threads have survived.").labelNames("thread")
                .callback(to -> faults.counts().forEach((thread, count) -> to.call(count, thread))).build());
        return this;
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder().name(name).help(help).callback(to -> to.call((double) value.getAsLong()))
                .register(registry);
    }

    private void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder().name(name).help(help).callback(to -> to.call((double) value.getAsLong()))
                .register(registry);
    }

    /** The page, in the format that the scraper asks for. */
    Reply get(@Nullable String accept) throws IOException {
        ExpositionFormatWriter writer = accept != null && accept.contains("application/openmetrics-text")
                ? formats.getOpenMetricsTextFormatWriter() : formats.getPrometheusTextFormatWriter();
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        writer.write(page, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        return Reply.ok(writer.getContentType(), page.toByteArray());
    }
}
