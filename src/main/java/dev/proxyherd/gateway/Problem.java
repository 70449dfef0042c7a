package dev.proxyherd.gateway;

/** A request that cannot be served, and what is wrong with it; answered in the format of RFC 9457. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status the HTTP status
     * @param detail what is wrong and how to mend it, for a person
     */
    Problem(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    static Problem bad(String detail) {
        return new Problem(400, detail);
    }

    int status() {
        return status;
    }
}
