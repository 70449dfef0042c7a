package dev.proxyherd.gateway.request;

import java.util.Objects;

/** A request, or a part of one, that cannot be served, and what is wrong with it; answered in the format of RFC 9457. */
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;

    private final int status;
    private final boolean noted;

    /**
     * @param status the HTTP status
     * @param detail what is wrong and how to repair it, for a person
     */
    public Problem(int status, String detail) {
        this(status, detail, false);
    }

    private Problem(int status, String detail, boolean noted) {
        super(detail, null, false, false);
        this.status = status;
        this.noted = noted;
    }

    /** One that stands in the log already. */
    public static Problem noted(int status, String detail) {
        return new Problem(status, detail, true);
    }

    public static Problem bad(String detail) {
        return new Problem(BAD_REQUEST, detail);
    }

    /** What is wrong and how to repair it, for a person. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage(), "no problem goes without a detail");
    }

    /** Whether it stands in the log already. */
    public boolean isNoted() {
        return noted;
    }

    public int status() {
        return status;
    }
}
