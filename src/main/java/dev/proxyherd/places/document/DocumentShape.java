package dev.proxyherd.places.document;

import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;

/**
 * What {@link DocumentScanner} found in a provider's document: positions in its bytes, and the few words that matter.
 *
 * @param status the status word, or {@link #NO_STATUS}
 * @param errorMessage the error message, or null
 * @param found how many results the document holds
 * @param kept how many of them the bound keeps
 * @param cutFrom where the bytes that the bound removes begin
 * @param cutTo where they end; equal to cutFrom if there are none
 * @param resultsKeyAt where the key {@code "results"} begins, its quote included
 * @param infoMessagesAt just after the {@code [} of {@code info_messages}, or -1 without such an array
 * @param infoMessagesEmpty whether that array holds nothing
 * @param newlineRuns whether there are newlines next to each other anywhere
 */
public record DocumentShape(String status, String errorMessage, int found, int kept, int cutFrom, int cutTo,
        int resultsKeyAt, int infoMessagesAt, boolean infoMessagesEmpty, boolean newlineRuns) {

    /** Stands for the status of a document that has none: it is handed on, for only the log needs a status. */
    static final String NO_STATUS = "NONE";

    /** Whether the provider says that the lookup failed. */
    public boolean failed() {
        return !status.equals("OK") && !status.equals("ZERO_RESULTS") && !status.equals(NO_STATUS);
    }

    /** The provider's status word among those that stand for a failure; UNKNOWN_ERROR for any other word. */
    public Status failure() {
        for (Status known : Status.values()) {
            if (known.name().equals(status)) {
                return known;
            }
        }
        return Status.UNKNOWN_ERROR;
    }

    /** The exception to answer with if the provider reports a failure in a shape that clients do not know; else null. */
    PlacesException misshapenFailure() {
        boolean known = failure().name().equals(status);
        if (!failed() || known && errorMessage != null && found == 0) {
            return null;
        }
        return failureAsException();
    }

    /** The provider's failure, with its own words where it has some. */
    public PlacesException failureAsException() {
        String why = errorMessage == null ? "" : ": " + errorMessage;
        return new PlacesException(failure(), "The places provider answered " + status + why);
    }
}
