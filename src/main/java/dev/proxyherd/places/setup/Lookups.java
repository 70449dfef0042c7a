package dev.proxyherd.places.setup;

import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.document.PlacesDocument;

/**
 * Asks a provider on behalf of clients, as long as the documents that they have not taken yet leave room for another. One
 * for all servers of a process; for any number of threads.
 */
public final class Lookups {
    /** What is alive of a lookup at one time: what came and what is cut from it, later that and the answer made of it. */
    private static final int COPIES = 2;

    private final PlacesProvider provider;
    private final DocumentBudget budget;

    public Lookups(PlacesProvider provider, DocumentBudget budget) {
        this.provider = provider;
        this.budget = budget;
    }

    /** Whom it asks; whoever made it closes it. */
    public PlacesProvider provider() {
        return provider;
    }

    /** What one connection's documents are to be charged to. */
    public DocumentBudget.Share share() {
        return budget.share();
    }

    /** Whether {@link #ask} may wait for something now. */
    public boolean mayBlock() {
        return provider.mayBlock();
    }

    /**
     * Asks, and never fails: what goes wrong becomes a document that says so, {@code OVER_QUERY_LIMIT} where there is no
     * room for another.
     *
     * @param share is charged with the document and its copies, until its owner releases it
     * @return the document for a client, cut to the query's bound
     */
    public PlacesDocument ask(PlacesQuery query, DocumentBudget.Share share) {
        long before = share.bytes();
        PlacesDocument document = Places.answer(() -> charged(provider.nearby(query), share), query.bound());
        share.shrinkTo(before + (long) COPIES * document.bytes().length);
        return document;
    }

    private static ProviderDocument charged(ProviderDocument document, DocumentBudget.Share share)
            throws PlacesException {
        if (!share.tryGrow((long) COPIES * document.bytes().length)) {
            throw new PlacesException(Status.OVER_QUERY_LIMIT,
                    "Answers that other clients have not read take all the memory that there is for them; ask again later");
        }
        return document;
    }
}
