package dev.proxyherd.topology;

import java.util.Map;

/**
 * What a topology file sets for all servers of the herd, as text by name: the defaults of the options of the same
 * names ({@code maxConnections} for {@code --max-connections}).
 *
 * @param values the text by name
 * @param places where in the file each one stands, for messages
 */
public record HerdSettings(Map<String, String> values, Map<String, String> places) {

    public HerdSettings {
        values = Map.copyOf(values);
        places = Map.copyOf(places);
    }
}
