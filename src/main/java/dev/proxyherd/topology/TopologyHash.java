package dev.proxyherd.topology;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Names a herd by its content, so that two servers can be told apart that go by different ones. */
public final class TopologyHash {
    private static final int DIGITS = 12;

    private TopologyHash() {
    }

    /**
     * The first digits of a SHA-256 of the servers, the links and what all servers must agree on. The order in the file
     * does not count, nor does whatever a server may have of its own, such as its limits.
     *
     * @param herdWide what all servers must agree on, by name
     * @return 12 lower-case hexadecimal digits
     */
    public static String of(Topology topology, Map<String, String> herdWide) {
        Set<String> lines = new TreeSet<>();
        topology.servers().forEach((name, address) -> lines.add("server " + name + ' '
                + address.host().toLowerCase(Locale.ROOT) + ' ' + address.port()));
        topology.neighbours().forEach((name, linked) -> linked.forEach(other -> lines.add(link(name, other))));
        herdWide.forEach((name, value) -> lines.add(name + ' ' + value));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String link(String one, String other) {
        return one.compareTo(other) < 0 ? "link " + one + ' ' + other : "link " + other + ' ' + one;
    }
}
