package dev.proxyherd.server;

import dev.proxyherd.status.ReloadStatus;

/** Lets a server's topology file be read again, when somebody asks the server to. Any threads. */
@FunctionalInterface
public interface Reloads {
    /**
     * Reads the file, and lets the server change as it says; returns when that is done.
     *
     * @param server the server's name
     * @param dry whether only to tell what would change
     */
    ReloadStatus reload(String server, boolean dry);

    /** For servers that have no file. */
    static ReloadStatus none(String server, boolean dry) {
        return ReloadStatus.ofFault(0, server + " was started without a topology file");
    }
}
