package dev.proxyherd.bench;

/** The commands that are measured. */
public enum RequestKind {
    IAMAT,
    WHATSAT
}
