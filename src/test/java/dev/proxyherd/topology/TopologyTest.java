package dev.proxyherd.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TopologyTest {

    /** Servers as letters, links as pairs of them. */
    private static Topology herd(String names, String... links) {
        Map<String, ServerAddress> servers = new LinkedHashMap<>();
        Map<String, Set<String>> neighbours = new HashMap<>();
        for (String name : names.split("")) {
            servers.put(name, new ServerAddress("127.0.0.1", 12_000 + servers.size()));
            neighbours.put(name, new LinkedHashSet<>());
        }
        for (String link : links) {
            neighbours.get(link.substring(0, 1)).add(link.substring(1));
            neighbours.get(link.substring(1)).add(link.substring(0, 1));
        }
        return new Topology(servers, neighbours, new HerdSettings(Map.of(), Map.of()));
    }

    @Nested
    class AnIsland {
        @Test
        void isNoneWhenAPathJoinsAllServers() {
            assertThat(herd("A").island()).isEmpty();
            assertThat(herd("ABCD", "AB", "BC", "CD").island()).isEmpty();
            assertThat(herd("ABCD", "DC", "CB", "BA", "AD").island()).isEmpty();
        }

        @Test
        void isEveryServerThatNoPathJoinsToTheFirst() {
            assertThat(herd("ABC").island()).containsExactlyInAnyOrder("B", "C");
            assertThat(herd("ABCDE", "AB", "CD", "DE").island()).containsExactlyInAnyOrder("C", "D", "E");
            assertThat(herd("ABC", "BC").island()).containsExactlyInAnyOrder("B", "C");
        }
    }

    @Nested
    class AnAddress {
        @Test
        void isWrittenWithBracketsAroundAnIpv6Host() {
            assertThat(new ServerAddress("127.0.0.1", 12_000)).hasToString("127.0.0.1:12000");
            assertThat(new ServerAddress("herd.example", 1)).hasToString("herd.example:1");
            assertThat(new ServerAddress("::1", 12_000)).hasToString("[::1]:12000");
        }

        @Test
        void isLiteralWhenNoNameServiceIsNeeded() {
            assertThat(new ServerAddress("127.0.0.1", 1).isLiteral()).isTrue();
            assertThat(new ServerAddress("fe80::1%eth0", 1).isLiteral()).isTrue();
            assertThat(new ServerAddress("localhost", 1).isLiteral()).isFalse();
            assertThat(new ServerAddress("1.example", 1).isLiteral()).isFalse();
        }
    }
}
