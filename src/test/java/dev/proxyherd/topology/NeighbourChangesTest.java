package dev.proxyherd.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeighbourChangesTest {
    private static final String[] NAMES = {"Alford", "Bolden", "Hamilton", "Parker", "Welsh"};

    private static ServerAddress at(int port) {
        return new ServerAddress("127.0.0.1", port);
    }

    @Test
    void areNoneWhereAllIsAsItWas() {
        Map<String, ServerAddress> same = Map.of("Alford", at(1), "Bolden", at(2));
        assertThat(NeighbourChanges.between(same, new LinkedHashMap<>(same)).words()).isEmpty();
        assertThat(NeighbourChanges.between(Map.of(), Map.of()).words()).isEmpty();
    }

    @Test
    void tellWhoCameWhoWentAndWhoListensElsewhere() {
        NeighbourChanges changes = NeighbourChanges.between(Map.of("Alford", at(1), "Bolden", at(2), "Parker", at(3)),
                Map.of("Alford", at(1), "Bolden", at(7), "Welsh", at(4)));
        assertThat(changes.added()).containsExactly(Map.entry("Welsh", at(4)));
        assertThat(changes.moved()).containsExactly(Map.entry("Bolden", at(7)));
        assertThat(changes.removed()).containsExactly("Parker");
        assertThat(changes.words()).containsExactly("Welsh is a neighbour now, at 127.0.0.1:4",
                "the neighbour Bolden is at 127.0.0.1:7 now", "Parker is no longer a neighbour");
    }

    @Test
    void leadFromAnyNeighboursToAnyOthers() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            Map<String, ServerAddress> before = some(random);
            Map<String, ServerAddress> after = some(random);
            NeighbourChanges changes = NeighbourChanges.between(before, after);
            Map<String, ServerAddress> changed = new LinkedHashMap<>(before);
            changed.keySet().removeAll(changes.removed());
            assertThat(changed.keySet()).as("seed %d: those that moved were there", seed)
                    .containsAll(changes.moved().keySet());
            assertThat(changes.added().keySet()).as("seed %d: those added were not", seed)
                    .noneMatch(changed::containsKey);
            changed.putAll(changes.moved());
            changed.putAll(changes.added());
            assertThat(changed).as("seed %d", seed).isEqualTo(after);
        }
    }

    private static Map<String, ServerAddress> some(Random random) {
        Map<String, ServerAddress> some = new LinkedHashMap<>();
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                some.put(name, at(1 + random.nextInt(2)));
            }
        }
        return some;
    }
}
