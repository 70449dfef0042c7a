package dev.proxyherd.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets the server open its links once its journal has been replayed, but not with one that is too old: it would bring
 * clients back that were forgotten, and setting it aside might lose what nobody else knows. So a person must say which, or
 * the clock must turn out to have been wrong. For the journal's thread; why the server waits, any may ask.
 */
final class Readmission {
    private final SignOfLife sign;
    private final JournalNotes notes;
    private final Runnable openLinks;
    private boolean replayed;
    private boolean open;
    private boolean told;
    private volatile @Nullable String held;

    /** @param openLinks runs until it has once ended without a fault */
    Readmission(SignOfLife sign, JournalNotes notes, Runnable openLinks) {
        this.sign = sign;
        this.notes = notes;
        this.openLinks = openLinks;
        this.held = sign.isStale() ? why() : null;
    }

    private String why() {
        return "the journal was last written at " + sign.lastText()
                + ", longer ago than forgetKeep, or the clock is wrong: "
                + "it may hold clients that were forgotten since, so no link is opened; start this server with --relearn "
                + "to set the journal aside and learn all from neighbours, or with --trust-journal to teach them what is in it";
    }

    /** Why no link is opened, and what to do; null when nothing is in the way. */
    @Nullable
    String held() {
        return held;
    }

    /** The replay is over. */
    void replayed() {
        replayed = true;
        if (held != null) {
            notes.warn("journal: " + held);
        }
        look();
    }

    /** Now and then: sees whether links may be opened by now, and says that the server is there. */
    void look() {
        if (replayed && !open && !sign.isStale()) {
            if (held != null) {
                notes.warn("journal: by the clock as it is now the server was not away for long; links are opened");
            }
            held = null;
            // Where that fails, as when memory is out, the next look tries it again.
            openLinks.run();
            open = true;
        }
        if (open) {
            giveSign();
        }
    }

    private void giveSign() {
        try {
            sign.give();
        } catch (IOException e) {
            if (!told) {
                told = true;
                notes.note("journal: that the server is there cannot be written down: " + e
                        + "; after a restart it may be taken for one that was away");
            }
        }
    }
}
