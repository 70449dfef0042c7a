package dev.proxyherd.server;

import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.journal.Journal;
import dev.proxyherd.journal.JournalNotes;
import dev.proxyherd.journal.JournalSettings;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.server.files.FileFailure;
import java.io.IOException;

/** Opens a server's journal; what it has to tell goes to the server's log. */
final class JournalOpener {
    private JournalOpener() {
    }

    /** @throws IOException if it cannot be opened; the message says what to do */
    static Journal open(ServerConfig config, FsyncPolicy fsync, TrafficLog log) throws IOException {
        try {
            return Journal.open(new JournalSettings(config.journalFile(), config.name().toString(),
                    fsync, config.expiry(), config.settings().state().rejoin(), notes(log)));
        } catch (IOException e) {
            throw new IOException("the journal cannot be opened: " + FileFailure.words(e) + FileFailure.advice(e)
                    + "; what it holds is not touched, and the server does not start without it: mend that, or name another --state-dir",
                    e);
        }
    }

    private static JournalNotes notes(TrafficLog log) {
        return new JournalNotes() {
            @Override
            public void note(String text) {
                log.note(text);
            }

            @Override
            public void warn(String text) {
                log.warn(text);
            }
        };
    }
}
