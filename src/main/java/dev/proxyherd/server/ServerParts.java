package dev.proxyherd.server;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.journal.ChangedClients;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.journal.Journal;
import dev.proxyherd.journal.JournalNotes;
import dev.proxyherd.journal.JournalWriter;
import dev.proxyherd.link.Links;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.net.Acceptor;
import dev.proxyherd.net.CommandHandler;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Reports;
import dev.proxyherd.store.StoreView;
import java.net.ServerSocket;

/** The parts of one server, wired to each other; nothing runs yet. */
final class ServerParts {
    final ServerConfig config;
    final ServerThreads threads = ServerThreads.create();
    final TrafficLog log;
    final Sweeper sweeper = new Sweeper();
    final Expiry expiry;
    final LocationStore store;
    final Links links;
    /** Null when none is kept. */
    final Journal journal;
    final StoreView view;
    final HerdIntake intake;
    final Reports reports;
    final CommandHandler handler;
    final ServerReport report;
    final Acceptor acceptor;

    ServerParts(ServerConfig config, TrafficLog log, ServerSocket listener) {
        this.config = config;
        this.log = log;
        ServerSettings settings = config.settings();
        this.expiry = new Expiry(settings.state().expireAfter(), config.context().clock());
        FsyncPolicy fsync = settings.state().fsync();
        ChangedClients changed = fsync == null ? null : new ChangedClients(fsync == FsyncPolicy.ALWAYS);
        this.store = new LocationStore(changed);
        this.links = new Links(config.name().toString(), config.node().neighbours(), settings.secret(),
                settings.timing(), store, expiry, log, sweeper, threads.links());
        this.journal = changed == null ? null : newJournal(changed);
        this.view = new StoreView(store, expiry, journal);
        this.intake = new HerdIntake(store, expiry, journal, links);
        this.reports = new Reports(config.name(), store, intake, settings.limits().maxAhead(),
                settings.limits().maxClients(), log::warn);
        this.handler = new CommandHandler(reports, view, config.context().places());
        this.report = new ServerReport(this);
        this.acceptor = new Acceptor(listener, settings.limits(), handler, this::serveNeighbour, log, sweeper,
                threads.clients());
    }

    private void serveNeighbour(WatchedSocket socket, LineReader in, GatheringWriter out, Runnable admitted) {
        links.serve(socket, in, out, intake, report, admitted);
    }

    private Journal newJournal(ChangedClients changed) {
        JournalWriter writer =
                new JournalWriter(config.journalFile(), config.settings().state().fsync(), store, changed,
                        expiry, notes());
        // Neighbours are taught, and compared with, what was known before; so links wait for the replay.
        return new Journal(writer, config.name().toString(), links::start);
    }

    private JournalNotes notes() {
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
