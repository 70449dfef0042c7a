package dev.proxyherd.gateway.reports;

import dev.proxyherd.gateway.request.Problem;

/** A report that is not taken in, for another reason than that it is malformed. */
final class RefusedReport extends Problem {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    /** @param detail what is wrong and how to repair it, for a person */
    RefusedReport(Refusal reason, String detail) {
        super(400, detail);
        this.reason = reason;
    }

    /** Of which kind a problem is where it stands for a report. */
    static Refusal reason(Problem problem) {
        return problem instanceof RefusedReport refused ? refused.reason : Refusal.MALFORMED;
    }
}
