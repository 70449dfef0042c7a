package dev.proxyherd.gateway.request;

import java.util.Objects;

/** A request, or a part of one, that cannot be served, and what is wrong with it; answered in the format of RFC 9457. */
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;

    private final int status;

    /**
     * @param status the HTTP status
     * @param detail what is wrong and how to repair it, for a person
     */
    public Problem(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    public static Problem bad(String detail) {
        return new Problem(BAD_REQUEST, detail);
    }

    /** What is wrong and how to repair it, for a person. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage(), "no problem goes without a detail");
    }

    public int status() {
        return status;
    }
}
