package dev.proxyherd.bench;

import dev.proxyherd.topology.ServerAddress;

/** A server to measure. */
public record BenchTarget(String name, ServerAddress address) {

    @Override
    public String toString() {
        return name + " (" + address + ')';
    }
}
