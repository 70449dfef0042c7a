package dev.proxyherd.journal;

/** When accepted locations are safe on the disk. */
public enum FsyncPolicy {
    /** Before the answer: nothing acknowledged is lost, even when all servers lose power at once. */
    ALWAYS,
    /** Within a second of the answer. */
    EVERYSEC,
    /** When the operating system sees fit. */
    NO
}
