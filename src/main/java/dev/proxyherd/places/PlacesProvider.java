package dev.proxyherd.places;

import dev.proxyherd.protocol.Command;

/**
 * Where the places near a point come from. One provider serves all connections of a process at once;
 * {@link #nearby} runs on the asking client's own thread and may block it.
 */
public interface PlacesProvider extends AutoCloseable {

    /** The most places that anybody asks for, which is the format's own limit, too. */
    int MAX_RESULTS = Command.WhatsAt.MAX_BOUND;

    /**
     * Asks for the places near a point, in the provider's own order.
     *
     * @param query the point and how far and how many; never null
     * @return the provider's whole document: it may hold more than {@code query.bound()} results and runs of newlines,
     *     {@code PlacesDocument} sees to both
     * @throws PlacesException if there is no such document to hand on; its message is fit for a client to read
     */
    ProviderDocument nearby(PlacesQuery query) throws PlacesException;

    /** Whether {@link #nearby} may wait for something now; what has been answered before is then sent first. */
    default boolean mayBlock() {
        return true;
    }

    /**
     * Begins in the background what makes the first lookup as quick as later ones; who never calls this waits for it at the
     * first lookup. Returns at once; harmless when repeated.
     */
    default void prepare() {
        // Most have nothing to load.
    }

    /** Ends lookups that are under way and frees what the provider holds; harmless when repeated. */
    @Override
    void close();
}
