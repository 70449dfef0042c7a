package dev.proxyherd.server;

import dev.proxyherd.fences.follow.Following;
import dev.proxyherd.fences.hooks.Webhooks;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.journal.Journal;
import dev.proxyherd.kafka.History;
import dev.proxyherd.kafka.KafkaSettings;
import dev.proxyherd.kafka.ProgressFile;
import dev.proxyherd.kafka.Region;
import dev.proxyherd.kafka.RegionKeeping;
import dev.proxyherd.kafka.RegionParts;
import dev.proxyherd.link.LinkSettings;
import dev.proxyherd.link.Links;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.mqtt.MqttDoor;
import dev.proxyherd.net.Acceptor;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.net.ClientService;
import dev.proxyherd.net.CommandHandler;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.SipHash;
import dev.proxyherd.rights.LiveTokens;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.Forgetter;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Reports;
import dev.proxyherd.store.Room;
import dev.proxyherd.store.StoreView;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The parts of one server, wired to each other; nothing runs yet. */
final class ServerParts {
    /** What the parts read at each use, where it may change; swapped as a whole, by one thread at a time. */
    volatile ServerConfig config;
    final ServerThreads threads = ServerThreads.create();
    final TrafficLog log;
    final ReloadNotes reloads;
    final Sweeper sweeper = new Sweeper();
    final ServerTls tls;

    /** Null where none are asked for. */
    final @Nullable LiveTokens tokens;
    final Expiry expiry;
    final LocationStore store;
    final Room room;
    final Links links;
    final @Nullable Journal journal;
    final StoreView view;
    final HerdIntake intake;

    /** Null where no topic is shared with other herds. */
    final @Nullable Region region;

    /** Null where none is kept. */
    final @Nullable History history;
    final Reports reports;
    final Forgetter forgetter;
    final CommandHandler handler;
    final ServerReport report;

    /** Null where there are no fences. */
    final @Nullable Following following;

    final Acceptor acceptor;

    /** Null where no port is for clients in TLS. */
    final @Nullable Acceptor tlsAcceptor;

    /** Null where there are no fences. Set before anything runs. */
    volatile @Nullable Webhooks webhooks;

    /** Null where nobody has opened it. */
    volatile @Nullable MqttDoor mqtt;

    /**
     * @param journal open, and not started; null when none is kept
     * @param tlsListener open; null where no port is for clients in TLS
     * @throws IOException if the file of tokens cannot be used; the message says why
     */
    ServerParts(ServerConfig config, TrafficLog log, ServerSocket listener, @Nullable Journal journal, ServerTls tls,
            @Nullable ServerSocket tlsListener) throws IOException {
        this.config = config;
        this.tls = tls;
        this.log = log;
        this.reloads = new ReloadNotes(log);
        ServerSettings settings = config.settings();
        Path file = settings.tokens().file();
        this.tokens = file == null ? null : new LiveTokens(file, log::note, log::warn);
        this.expiry = config.expiry();
        this.journal = journal;
        int mostClients = settings.limits().maxClients();
        this.store = new LocationStore(new SipHash(settings.secret().derive("locations")), journal,
                journal == null ? 0 : (int) Math.min(mostClients, journal.expectedClients()));
        this.room = new Room(store, mostClients, log::warn);
        this.links = new Links(new LinkSettings(config.name().toString(), config.node().neighbours(), settings.secret(),
                tls.sealing, settings.timing(), config.context().random()), room, expiry, log, sweeper,
                threads.links());
        this.view = new StoreView(store, expiry, journal);
        this.intake = new HerdIntake(room, expiry, journal, links);
        this.region = region(settings);
        this.history = history(settings.kafka());
        this.reports = reports(intake);
        this.forgetter = new Forgetter(config.name(), store, intake, config.context().clock());
        this.handler = new CommandHandler(reports, view, config.context().places());
        this.report = new ServerReport(this);
        FenceSettings fences = config.context().fences();
        this.following = fences == null ? null
                : new Following(fences.current(), config.name(), store, expiry, view::isReady, log.faults());
        if (following != null) {
            intake.tell(following);
        }
        ClientService service = new ClientService(this::limits, handler,
                new ServerLinks(links, intake, report), null, null);
        this.acceptor = new Acceptor(listener, service, log, sweeper, threads.clients());
        this.tlsAcceptor = tlsListener == null ? null
                : acceptor.beside(tlsListener,
                        new ClientService(this::limits, handler, null, tls::client, tls.door(tokens)));
    }

    private @Nullable Region region(ServerSettings settings) {
        KafkaSettings kafka = settings.kafka();
        if (kafka == null) {
            return null;
        }
        Region joined = kafka.library().join(kafka,
                new RegionParts(config.name().toString(), () -> config.node().servers(),
                        settings.secret().derive("regions"), intake::takeFromTopic, room, keeping(), log,
                        config.context().clock()));
        intake.publishIn(joined);
        return joined;
    }

    private @Nullable History history(@Nullable KafkaSettings kafka) {
        if (kafka == null || kafka.history() == null) {
            return null;
        }
        return kafka.library().keep(kafka, kafka.history(), config.name().toString(), log);
    }

    private @Nullable RegionKeeping keeping() {
        return journal == null ? null : new RegionKeeping(journal, config.journalFile(),
                new ProgressFile(config.regionFile(), config.context().random()));
    }

    /** Tells others what is known: once that is all that was known before the start. */
    void join() {
        links.start();
        if (region != null) {
            region.start();
        }
    }

    /** Something has expired. */
    void expired(Location location) {
        if (region != null) {
            region.expired(location);
        }
    }

    /** How many connections are open, those of neighbours included. */
    int connections() {
        return acceptor.connections() + (tlsAcceptor == null ? 0 : tlsAcceptor.connections());
    }

    /** What is done with reports that come in by a way of their own. */
    Reports reports(Intake through) {
        Reports made = new Reports(config.name(), through, () -> limits().maxAhead(), log::warn);
        if (history != null) {
            made.tell(history::heard);
        }
        return made;
    }

    private ClientLimits limits() {
        return config.settings().limits();
    }
}
