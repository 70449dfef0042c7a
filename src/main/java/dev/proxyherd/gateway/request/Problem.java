package dev.proxyherd.gateway.request;

import dev.proxyherd.gateway.reports.Refusal;

/** A request, or a report in one, that cannot be served, and what is wrong with it; answered in the format of RFC 9457. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;

    private final int status;
    private final Refusal reason;

    /**
     * @param status the HTTP status
     * @param detail what is wrong and how to mend it, for a person
     */
    public Problem(int status, String detail) {
        this(status, Refusal.MALFORMED, detail);
    }

    private Problem(int status, Refusal reason, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.reason = reason;
    }

    public static Problem bad(String detail) {
        return new Problem(BAD_REQUEST, detail);
    }

    /** A report that is not taken in. */
    public static Problem refused(Refusal reason, String detail) {
        return new Problem(BAD_REQUEST, reason, detail);
    }

    public int status() {
        return status;
    }

    /** Of which kind it is where it stands for a report. */
    public Refusal reason() {
        return reason;
    }
}
