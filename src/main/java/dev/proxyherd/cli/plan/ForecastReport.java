package dev.proxyherd.cli.plan;

import dev.proxyherd.topology.graph.Forecast;
import dev.proxyherd.topology.graph.LinkLoss;
import dev.proxyherd.topology.graph.Shape;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells people how a topology's flooding will do. */
final class ForecastReport {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;

    private ForecastReport() {
    }

    static List<String> lines(Shape shape, Forecast forecast) {
        return List.of(
                String.format(Locale.ROOT, "time to all: %s at most in an idle herd (--delay)",
                        millis(forecast.nanosToAll())),
                String.format(Locale.ROOT,
                        "busiest server: %s, sends %.2f and hears %.2f copies of each update, which takes "
                                + "%.1f %% of a processor at %,.0f updates/s (--rate)",
                        shape.names().get(forecast.busiest()), forecast.sent(), forecast.heard(), 100 * forecast.busy(),
                        forecast.updatesPerSecond()),
                loss(shape, forecast.loss()),
                "links or Kafka: " + choice(forecast));
    }

    private static String loss(Shape shape, @Nullable LinkLoss loss) {
        if (loss == null) {
            return "the loss of one link: too many to look at each";
        }
        String ends = String.join(" - ", shape.ends(loss.link()));
        return loss.parted() > 0
                ? String.format(Locale.ROOT,
                        "the loss of one link: parts %,d of %,d servers from the others at the worst "
                                + "(%s); they catch up when it is back",
                        loss.parted(), shape.names().size(), ends)
                : String.format(Locale.ROOT, "the loss of one link: leaves %,d hops at most, at the worst (%s)",
                        loss.mostHops(), ends);
    }

    private static String choice(Forecast forecast) {
        String kafka = String.format(Locale.ROOT, "Kafka: %s to all, and %.1f us of a processor for each update",
                millis(forecast.kafkaNanosToAll()), forecast.kafkaNanosForEach() / NANOS_PER_MICRO);
        String most = String.format(Locale.ROOT, "%,.0f updates/s", rounded(forecast.mostUpdatesPerSecond()));
        if (forecast.isKafkaSooner()) {
            return "Kafka, if that is too late (" + kafka + ')';
        }
        return forecast.kafkaTakesLess()
                ? "links up to " + most
                        + ", which fill a processor of the busiest server; then fewer links for it, or Kafka ("
                        + kafka + ')'
                : "links; " + most + " fill a processor of the busiest server (" + kafka + ')';
    }

    /** To two digits. */
    private static double rounded(double number) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, number))) - 1));
        return Math.floor(number / unit) * unit;
    }

    private static String millis(long nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        return String.format(Locale.ROOT, millis < 10 ? "%,.1f ms" : "%,.0f ms", millis);
    }
}
