package dev.proxyherd.fences;

/** Where a point is as to a fence. */
public enum Side {
    /** Inside, and not within the margin of the edge. The edge itself is inside. */
    IN,

    /** Outside, and not within the margin of the edge. */
    OUT,

    /** Inside, and within the margin of the edge: whoever was out stays out. */
    BARELY_IN,

    /** Outside, and within the margin of the edge: whoever was in stays in. */
    BARELY_OUT
}
