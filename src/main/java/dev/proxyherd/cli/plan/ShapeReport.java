package dev.proxyherd.cli.plan;

import dev.proxyherd.topology.graph.FloodCost;
import dev.proxyherd.topology.graph.Forecast;
import dev.proxyherd.topology.graph.Losses;
import dev.proxyherd.topology.graph.Shape;
import dev.proxyherd.topology.graph.Survival;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells people what a topology's links promise. */
final class ShapeReport {
    private ShapeReport() {
    }

    /**
     * @param forecast null where not all are joined, or there is only one
     * @param survive how many losses are asked about, or null
     */
    static List<String> lines(Shape shape, @Nullable Forecast forecast, @Nullable Integer survive) {
        List<String> lines = new ArrayList<>();
        lines.add(count(shape.names().size(), "server") + ", " + count(shape.graph().edges().size(), "link"));
        FloodCost cost = shape.cost();
        if (cost == null) {
            lines.add("not connected: no path of links joins " + String.join(", ", shape.island())
                    + " to the other servers; add a link");
        } else {
            lines.add("connected");
            lines.addAll(cost(cost));
        }
        lines.add("parted by the loss of one server: " + listed(shape.names(shape.cuts().servers()).stream()));
        lines.add("parted by the loss of one link: " + listed(shape.cuts().links().stream().map(shape::ends)
                .map(ends -> String.join(" - ", ends))));
        if (cost != null) {
            lines.add(survival(shape));
        }
        if (forecast != null) {
            lines.addAll(ForecastReport.lines(shape, forecast));
        }
        if (survive != null) {
            lines.add(verdict(shape, survive));
        }
        return lines;
    }

    static List<String> cost(FloodCost cost) {
        return List.of(
                String.format(Locale.ROOT, "hops of an update: %,d at most (the diameter), %.2f on average",
                        cost.mostHops(),
                        cost.meanHops()),
                String.format(Locale.ROOT, "links of a server: %,d at most, %.2f on average", cost.mostLinks(),
                        cost.meanLinks()),
                String.format(Locale.ROOT, "copies of each update: %,d (2 x links - (servers - 1))", cost.copies()));
    }

    private static String survival(Shape shape) {
        Losses parting = shape.parting();
        if (shape.names().size() == 1) {
            return "survives: a single server cannot be parted";
        }
        if (parting == null) {
            return "survives: any " + Survival.MOST_LOSSES + " losses; more are not looked at";
        }
        return shape.survivedLosses() == 0
                ? "survives: not every single loss, such as that of " + named(shape, parting)
                : "survives: any " + count(shape.survivedLosses(), "loss") + "; " + parting.size()
                        + " part it, such as " + named(shape, parting);
    }

    private static String verdict(Shape shape, int survive) {
        Losses parting = shape.parting();
        if (parting == null || shape.survives(survive)) {
            return "--survive " + survive + ": yes";
        }
        return "--survive " + survive + ": no, " + (parting.size() == 0
                ? "it is parted already"
                : "it is parted without " + named(shape, parting));
    }

    private static String named(Shape shape, Losses losses) {
        return String.join(", ", Stream.concat(losses.servers().stream().map(shape.names()::get),
                losses.links().stream().map(link -> "the link " + String.join(" - ", shape.ends(link)))).toList());
    }

    private static String listed(Stream<String> things) {
        List<String> all = things.toList();
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    private static String count(int number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing,
                number == 1 ? "" : thing.endsWith("s") ? "es" : "s");
    }
}
