package dev.proxyherd.journal.file;

/** What somebody else has done to a journal that a running server writes. */
public enum Tampering {
    NONE("", false),
    DELETED("was deleted", false),
    REPLACED("was replaced by another file", true),
    CUT("was cut short", false),
    ADDED_TO("was written to by somebody else", true);

    private final String words;
    private final boolean leavesNews;

    Tampering(String words, boolean leavesNews) {
        this.words = words;
        this.leavesNews = leavesNews;
    }

    /** What was done to the file, after "it". */
    public String words() {
        return words;
    }

    /** Whether what is there now may hold what nobody else knows. */
    public boolean leavesNews() {
        return leavesNews;
    }
}
