package dev.proxyherd.journal;

/** What a person has said of a journal that is older than it is kept in mind who was forgotten. */
public enum Rejoin {
    /** Nothing: no link is opened. */
    ASK,
    /** It is set aside, and all is learnt anew. */
    RELEARN,
    /** It is as good as any other. */
    TRUST
}
