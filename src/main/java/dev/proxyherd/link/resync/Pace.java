package dev.proxyherd.link.resync;

/**
 * Which heartbeats start a comparison of two stores that differ. Where both servers have room, all of them. Where one has
 * too little the stores differ for good: then a comparison that finds nothing to send doubles the time to the next one. One
 * thread.
 */
final class Pace {
    /** In heartbeats, from one comparison to the next, while one of both has too little room, and at first when it has again. */
    static final int SHORTEST = 4;

    /** Likewise, after many in vain. */
    static final int LONGEST = 128;

    private int since;
    private int spacing = SHORTEST;

    /** Whether one had too little room when stores were last compared, or has since. */
    private boolean scarce;

    private boolean hadRoomThere = true;

    /** A heartbeat shows a store that is the same as the own one: the next difference is a new one. */
    void same() {
        spacing = SHORTEST;
    }

    /**
     * A heartbeat shows a different store.
     *
     * @param roomThere whether the neighbour takes in anything
     * @param lacking whether either may lack something that it has no room for
     * @return whether to compare now
     */
    boolean differs(boolean roomThere, boolean lacking) {
        since = Math.min(since + 1, LONGEST);
        if (roomThere && !hadRoomThere) {
            spacing = SHORTEST;
        }
        hadRoomThere = roomThere;
        scarce |= lacking;
        if (scarce && since < spacing) {
            return false;
        }
        spacing = lacking ? Math.min(spacing * 2, LONGEST) : SHORTEST;
        scarce = lacking;
        since = 0;
        return true;
    }

    /** The last comparison has found something that the other one can take. */
    void found() {
        spacing = SHORTEST;
    }
}
