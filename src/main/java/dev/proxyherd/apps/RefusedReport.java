package dev.proxyherd.apps;

import java.util.Objects;

/** A report of an app that is not taken in, and why. */
public final class RefusedReport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    /** @param detail what is wrong and how to repair it, for a person */
    public RefusedReport(Refusal reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** For what is no report by its form. */
    public static RefusedReport malformed(String detail) {
        return new RefusedReport(Refusal.MALFORMED, detail);
    }

    /** What is wrong and how to repair it, for a person. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage(), "no refusal goes without a detail");
    }

    public Refusal reason() {
        return reason;
    }
}
