package dev.proxyherd.link.handshake;

import java.io.IOException;

/** A handshake that one of its ends refused; the message says which and why. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;
    private final boolean nameConflict;
    private final boolean noNeighbour;

    /** A refusal that takes a person to repair. */
    public RefusedException(String message) {
        this(message, false, false, false);
    }

    /**
     * @param passing whether the reason will go away by itself, without a person
     * @param nameConflict whether it is that another server goes by this one's name
     * @param noNeighbour whether it is that this server is no neighbour there
     */
    RefusedException(String message, boolean passing, boolean nameConflict, boolean noNeighbour) {
        super(message);
        this.passing = passing;
        this.nameConflict = nameConflict;
        this.noNeighbour = noNeighbour;
    }

    /** Whether the reason is that another server goes by this one's name. */
    public boolean isNameConflict() {
        return nameConflict;
    }

    /** Whether the reason is that this server is no neighbour in the other one's topology file. */
    public boolean isNoNeighbour() {
        return noNeighbour;
    }

    /** Whether the reason will go away by itself, without a person. */
    public boolean isPassing() {
        return passing;
    }
}
