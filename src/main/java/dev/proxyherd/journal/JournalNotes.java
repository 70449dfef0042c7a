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

    /** The same, but what fails there costs no more than the note. */
    default JournalNotes guarded() {
        JournalNotes all = this;
        return new JournalNotes() {
            @Override
            public void note(String text) {
                guarded(() -> all.note(text));
            }

            @Override
            public void warn(String text) {
                guarded(() -> all.warn(text));
            }

            private void guarded(Runnable telling) {
                try {
                    telling.run();
                } catch (RuntimeException | Error lost) {
                    // The journal must go on: reports depend on it.
                }
            }
        };
    }
}
