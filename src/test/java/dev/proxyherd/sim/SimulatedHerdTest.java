package dev.proxyherd.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulatedHerdTest {
    @Test
    void tries() {
        for (Shapes shape : Shapes.values()) {
            for (int n : new int[] {5, 100}) {
                SimulatedHerd herd = new SimulatedHerd(shape.graph(n, 1), Conditions.measured(1));
                int end = SimulatedHerd.end(shape.graph(n, 1));
                System.out.println(shape + " " + n + " " + herd.flood(end, n, 60_000_000_000L));
                assertThat(herd.runUntilAgreed(1_000_000)).isTrue();
            }
        }
    }
}
