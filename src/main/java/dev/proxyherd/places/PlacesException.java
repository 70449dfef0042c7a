package dev.proxyherd.places;

import org.jspecify.annotations.Nullable;

/** A lookup that failed: what the answer's document says instead of results. */
public final class PlacesException extends Exception {
    private final Status status;

    /** The status words of Nearby Search that stand for a failure. */
    public enum Status {
        UNKNOWN_ERROR, OVER_QUERY_LIMIT, REQUEST_DENIED, INVALID_REQUEST
    }

    /**
     * @param status which of the format's failures this is
     * @param message what went wrong, for a person; it becomes the document's {@code error_message}
     */
    public PlacesException(Status status, String message) {
        this(status, message, null);
    }

    /** As above, with the cause or null; the stack trace is left out, for a failed lookup is expected. */
    public PlacesException(Status status, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.status = status;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** Which of the format's failures this is. */
    public Status status() {
        return status;
    }
}
