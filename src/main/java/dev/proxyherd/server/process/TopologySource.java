package dev.proxyherd.server.process;

import java.io.IOException;
import java.nio.file.Path;

/** Where a process has its servers' topology and settings from. One thread at a time. */
public interface TopologySource {
    /** The topology file. */
    Path file();

    /**
     * Reads all of it, and checks it as at the start.
     *
     * @throws IOException if there is any fault in it; the message tells where, and the mend
     */
    Reading read() throws IOException;
}
