package dev.proxyherd.packaging;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that watch a herd, as they are shipped. */
final class Packaged {
    static final Path PROMETHEUS = Path.of("src/packaging/prometheus");
    static final Path RULES = PROMETHEUS.resolve("herd-alerts.yml");
    static final Path DASHBOARD = Path.of("src/packaging/grafana/herd-dashboard.json");
    static final Path KUBERNETES = Path.of("src/packaging/kubernetes");

    private Packaged() {
    }

    /** The queries of the alerts, by name. */
    static Map<String, String> alerts() throws IOException {
        return alerts("expr");
    }

    /** Something that each alert says of itself, by the alerts' names; what is left out is null. */
    static Map<String, String> alerts(String what) throws IOException {
        Map<String, String> alerts = new LinkedHashMap<>();
        for (Object rule : (List<?>) PlainYaml.at(PlainYaml.read(RULES).getFirst(), "groups.0.rules")) {
            alerts.put((String) PlainYaml.at(rule, "alert"), (String) PlainYaml.at(rule, what));
        }
        return alerts;
    }

    /** The queries of the dashboard, with the title of the panel before each. */
    static List<Map.Entry<String, String>> queries() throws IOException {
        List<Map.Entry<String, String>> queries = new ArrayList<>();
        JsonObject dashboard = JsonParser.parseString(Files.readString(DASHBOARD)).getAsJsonObject();
        for (JsonElement panel : dashboard.getAsJsonArray("panels")) {
            if (panel.getAsJsonObject().has("targets")) {
                for (JsonElement target : panel.getAsJsonObject().getAsJsonArray("targets")) {
                    queries.add(Map.entry(panel.getAsJsonObject().get("title").getAsString(),
                            target.getAsJsonObject().get("expr").getAsString()
                                    .replace("$__rate_interval", "1m")));
                }
            }
        }
        return queries;
    }
}
