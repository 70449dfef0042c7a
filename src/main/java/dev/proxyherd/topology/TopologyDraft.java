package dev.proxyherd.topology;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What has been read of a topology file so far, and what makes it whole: every name and address once, and links between
 * servers that are there. A place is where in the file something stands, as people find it. One thread only.
 */
final class TopologyDraft {
    private final Path path;
    private final Map<String, ServerAddress> servers = new LinkedHashMap<>();
    private final Map<String, String> serverAtAddress = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> settingPlaces = new LinkedHashMap<>();

    private record Link(String one, String other, String place) {
    }

    TopologyDraft(Path path) {
        this.path = path;
    }

    boolean hasServer(String name) {
        return servers.containsKey(name);
    }

    void addServer(String name, ServerAddress address, String place) throws TopologyException {
        String former = serverAtAddress.put(address.host().toLowerCase(Locale.ROOT) + ' ' + address.port(), name);
        if (former != null) {
            throw fault(place, "'" + former + "' and '" + name + "' have the same address " + address
                    + "; give one of them another port");
        }
        servers.put(name, address);
    }

    /** The servers may come later. */
    void addLink(String one, String other, String place) {
        links.add(new Link(one, other, place));
    }

    void addSetting(String key, String value, String place) {
        settings.put(key, value);
        settingPlaces.put(key, path + ": " + place);
    }

    /** The topology, now that all has been read. */
    Topology finish() throws TopologyException {
        if (servers.isEmpty()) {
            throw new TopologyException(path + ": there are no servers; add some under the key servers");
        }
        Map<String, Set<String>> neighbours = new LinkedHashMap<>();
        servers.keySet().forEach(name -> neighbours.put(name, new LinkedHashSet<>()));
        for (Link link : links) {
            check(link, link.one);
            check(link, link.other);
            if (link.one.equals(link.other)) {
                throw fault(link.place, "'" + link.one + "' is linked to itself; name another server or remove it");
            }
            join(neighbours, link.one, link.other);
            join(neighbours, link.other, link.one);
        }
        return new Topology(servers, neighbours, new HerdSettings(settings, settingPlaces));
    }

    private static void join(Map<String, Set<String>> neighbours, String one, String other) {
        neighbours.computeIfAbsent(one, name -> new LinkedHashSet<>()).add(other);
    }

    private void check(Link link, String name) throws TopologyException {
        if (!hasServer(name)) {
            throw fault(link.place, "the link names '" + name + "', which is no server; the servers are "
                    + String.join(", ", servers.keySet()));
        }
    }

    TopologyException fault(String place, String message) {
        return new TopologyException(path + ": " + place + ": " + message.replaceAll("\\p{Cntrl}", "?"));
    }
}
