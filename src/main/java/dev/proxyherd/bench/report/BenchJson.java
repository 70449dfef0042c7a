package dev.proxyherd.bench.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.proxyherd.bench.BenchErrors;
import dev.proxyherd.bench.BenchPlan;
import dev.proxyherd.bench.BenchResult;
import dev.proxyherd.bench.BenchTarget;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A result as programs read it: one JSON object. Units are last in the names; latencies are in microseconds. */
public final class BenchJson {
    private BenchJson() {
    }

    /** The whole result, indented, with a line feed at the end. */
    public static String of(BenchResult result) {
        JsonObject json = new JsonObject();
        json.addProperty("started", result.started().toString());
        json.add("plan", plan(result.plan()));
        json.addProperty("seconds", result.seconds());
        json.addProperty("endedEarly", result.endedEarly());
        json.addProperty("answers", result.answersInTime());
        json.addProperty("answersPerSecond", rounded(result.answersPerSecond()));
        json.add("latencyMicros", latencies(result));
        json.add("errors", errors(result.errors()));
        return new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(json) + '\n';
    }

    private static JsonObject plan(BenchPlan plan) {
        JsonArray servers = new JsonArray();
        for (BenchTarget target : plan.targets()) {
            JsonObject server = new JsonObject();
            server.addProperty("name", target.name());
            server.addProperty("address", target.address().toString());
            servers.add(server);
        }
        JsonObject json = new JsonObject();
        json.add("servers", servers);
        json.addProperty("loop", plan.isOpenLoop() ? "open" : "closed");
        json.addProperty("requestsPerSecond", plan.isOpenLoop() ? plan.rate() : null);
        json.addProperty("connections", plan.connections());
        json.addProperty("depth", plan.depth());
        json.addProperty("warmupSeconds", plan.warmup().toMillis() / 1000.0);
        json.addProperty("durationSeconds", plan.duration().toMillis() / 1000.0);
        json.addProperty("whatsatPercent", plan.whatsatPercent());
        json.addProperty("clients", plan.clients());
        json.addProperty("radiusKm", plan.radiusKm());
        json.addProperty("bound", plan.bound());
        return json;
    }

    private static JsonObject latencies(BenchResult result) {
        JsonObject json = new JsonObject();
        // In an open loop a latency counts from when the request was due.
        json.addProperty("from", result.plan().isOpenLoop() ? "due" : "sent");
        json.add("all", latency(result.allLatencies()));
        result.latencies()
                .forEach((kind, latencies) -> json.add(kind.name().toLowerCase(Locale.ROOT), latency(latencies)));
        return json;
    }

    private static JsonObject latency(Histogram nanos) {
        JsonObject json = new JsonObject();
        json.addProperty("count", nanos.getTotalCount());
        json.addProperty("mean", rounded(nanos.getMean() / 1000));
        json.addProperty("p50", micros(nanos.getValueAtPercentile(50)));
        json.addProperty("p90", micros(nanos.getValueAtPercentile(90)));
        json.addProperty("p99", micros(nanos.getValueAtPercentile(99)));
        json.addProperty("p999", micros(nanos.getValueAtPercentile(99.9)));
        json.addProperty("max", micros(nanos.getMaxValue()));
        return json;
    }

    private static JsonObject errors(BenchErrors errors) {
        JsonObject json = new JsonObject();
        json.addProperty("total", errors.total());
        json.addProperty("invalid", errors.invalid());
        json.addProperty("malformed", errors.malformed());
        json.addProperty("refused", errors.refused());
        json.addProperty("closed", errors.closed());
        json.addProperty("unanswered", errors.unanswered());
        json.addProperty("unsent", errors.unsent());
        return json;
    }

    private static double micros(long nanos) {
        return rounded(nanos / 1000.0);
    }

    private static double rounded(double number) {
        return Math.round(number * 10) / 10.0;
    }
}
