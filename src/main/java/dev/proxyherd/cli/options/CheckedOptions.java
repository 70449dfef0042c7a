package dev.proxyherd.cli.options;

import dev.proxyherd.topology.Topology;

/** Options that can tell before anything is started whether their values can be used. */
public interface CheckedOptions {
    /** @throws CliException as a start with these options would */
    void check(Topology topology) throws CliException;
}
