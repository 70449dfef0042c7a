package dev.proxyherd.topology;

/** A topology file that cannot be used; the message names the file, the place, the fault and the mend. */
public final class TopologyException extends Exception {
    private static final long serialVersionUID = 1L;

    TopologyException(String message) {
        super(message);
    }
}
