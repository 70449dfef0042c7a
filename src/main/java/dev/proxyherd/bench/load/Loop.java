package dev.proxyherd.bench.load;

import java.io.IOException;

/** How requests follow each other on a connection. */
interface Loop {
    /**
     * Sends and reads until the run is over and all is answered.
     *
     * @throws IOException if the connection is lost before
     */
    void talk(BenchConnection connection) throws IOException, InterruptedException;

    /** How many requests fell due in the window and were not sent. */
    long unsent();
}
