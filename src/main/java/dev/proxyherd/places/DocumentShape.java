package dev.proxyherd.places;

import dev.proxyherd.places.PlacesException.Status;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of a Nearby Search document without reading it again: positions in its bytes, and the few words that
 * matter.
 *
 * @param status the status word, or {@link #NO_STATUS}
 * @param errorMessage the error message, or null
 * @param results where the results lie
 * @param infoMessagesAt just after the {@code [} of {@code info_messages}, or {@link #NO_INFO_MESSAGES}
 * @param infoMessagesEmpty whether that array holds nothing
 * @param newlineRuns whether there are newlines next to each other anywhere
 */
public record DocumentShape(String status, @Nullable String errorMessage, ResultSpans results, int infoMessagesAt,
        boolean infoMessagesEmpty, boolean newlineRuns) {

    /** Stands for the status of a document that has none: it is handed on, for only the log needs a status. */
    public static final String NO_STATUS = "NONE";

    /** Stands for the position in a document without such an array. */
    public static final int NO_INFO_MESSAGES = -1;

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

    /** The provider's failure, with its own words where it has some. */
    public PlacesException failureAsException() {
        String why = errorMessage == null ? "" : ": " + errorMessage;
        return new PlacesException(failure(), "The places provider answered " + status + why);
    }
}
