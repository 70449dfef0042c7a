package dev.proxyherd.fences;

import java.util.List;

/** Is told of the crossings that this server is to tell: those of reports that it heard itself. */
@FunctionalInterface
public interface CrossingListener {
    /**
     * Crossings count as told when this returns. Runs on the thread that follows, never on one that answers somebody: it may wait
     * for the disk, but for no network; meanwhile reports gather, and where too many do, several of one client count as
     * one. It must not throw.
     *
     * @param crossings one or more, those of each client in the order of its reports; of one report first
     *     exits, then enters, both by the fences' order in their file
     */
    void crossed(List<Crossing> crossings);
}
