package dev.proxyherd.journal;

/** Takes what the journal has to tell; any thread of the journal's may tell. */
@FunctionalInterface
public interface JournalNotes {
    /** What somebody may want to know who looks for it. */
    void note(String text);

    /** What a person should know at once: something is lost, or may be. */
    default void warn(String text) {
        note(text);
    }
}
