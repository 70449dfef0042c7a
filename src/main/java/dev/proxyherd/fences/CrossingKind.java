package dev.proxyherd.fences;

import java.util.Locale;

/** Which way a client has crossed a fence. */
public enum CrossingKind {
    ENTER, EXIT;

    /** As files, events and webhooks write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
