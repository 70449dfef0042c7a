package dev.proxyherd.topology.graph;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A topology's shape as {@code herd topology check --json} prints it for programs. What is null is left out. */
public final class ShapeJson {
    private ShapeJson() {
    }

    /**
     * One line, without its end.
     *
     * @param forecast null where not all are joined, or there is only one
     */
    public static String of(Shape shape, @Nullable Forecast forecast) {
        JsonObject json = new JsonObject();
        json.addProperty("servers", shape.names().size());
        json.addProperty("links", shape.graph().edges().size());
        json.addProperty("connected", shape.island().isEmpty());
        json.add("island", texts(shape.island()));
        FloodCost cost = shape.cost();
        if (cost != null) {
            json.addProperty("copies", cost.copies());
            json.addProperty("mostHops", cost.mostHops());
            json.addProperty("meanHops", cost.meanHops());
            json.addProperty("mostLinks", cost.mostLinks());
            json.addProperty("meanLinks", cost.meanLinks());
        }
        json.add("cutServers", texts(shape.names(shape.cuts().servers())));
        json.add("cutLinks", links(shape, shape.cuts().links()));
        json.addProperty("survivedLosses", shape.survivedLosses());
        Losses parting = shape.parting();
        if (parting != null) {
            JsonObject losses = new JsonObject();
            losses.add("servers", texts(shape.names(parting.servers())));
            losses.add("links", links(shape, parting.links()));
            json.add("parting", losses);
        }
        if (forecast != null) {
            json.add("forecast", forecast(shape, forecast));
        }
        return json.toString();
    }

    private static JsonObject forecast(Shape shape, Forecast forecast) {
        JsonObject json = new JsonObject();
        json.addProperty("millisToAll", Math.round(forecast.nanosToAll() / 1e3) / 1e3);
        json.addProperty("busiest", shape.names().get(forecast.busiest()));
        json.addProperty("sent", forecast.sent());
        json.addProperty("heard", forecast.heard());
        json.addProperty("rate", forecast.updatesPerSecond());
        json.addProperty("processors", forecast.busy());
        json.addProperty("mostRate", Math.floor(forecast.mostUpdatesPerSecond()));
        json.addProperty("kafkaTakesLess", forecast.kafkaTakesLess());
        json.addProperty("kafkaIsSooner", forecast.isKafkaSooner());
        LinkLoss loss = forecast.loss();
        if (loss != null) {
            json.add("worstLink", texts(shape.ends(loss.link())));
            json.addProperty("partedWithoutIt", loss.parted());
            json.addProperty("mostHopsWithoutIt", loss.mostHops());
        }
        return json;
    }

    private static JsonArray texts(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static JsonArray links(Shape shape, List<Edge> links) {
        JsonArray array = new JsonArray();
        links.forEach(link -> array.add(texts(shape.ends(link))));
        return array;
    }
}
