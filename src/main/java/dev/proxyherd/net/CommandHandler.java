package dev.proxyherd.net;

import dev.proxyherd.places.Places;
import dev.proxyherd.places.PlacesDocument;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.Position;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.StoreView;
import java.io.IOException;
import java.time.Instant;

/** Does what commands ask for. One for each server, shared by all its connections; the caller's thread does the work. */
public final class CommandHandler {
    private static final double METRES_PER_KM = 1000;

    private final ServerName server;
    private final LocationStore store;
    private final Intake intake;
    private final ClientLimits limits;
    private final StoreView view;
    private final PlacesProvider places;

    public CommandHandler(ServerName server, LocationStore store, StoreView view, Intake intake, ClientLimits limits,
            PlacesProvider places) {
        this.server = server;
        this.store = store;
        this.view = view;
        this.intake = intake;
        this.limits = limits;
        this.places = places;
    }

    /** Where reports go; connections ask it when their answers may be sent. */
    Intake intake() {
        return intake;
    }

    /**
     * Handles one command and adds its answer.
     *
     * @param readAt this server's clock when it read the command
     * @param line holds the line that the command was parsed from at {@code [from, to)}, for the answer to a bad one
     */
    void handle(Command command, Instant readAt, byte[] line, int from, int to, Answers answers) throws IOException {
        switch (command) {
            case Command.IAmAt report -> {
                long clockNanos = Expiry.nanos(readAt);
                if (admits(report, clockNanos)) {
                    hear(report, clockNanos, answers);
                } else {
                    answers.invalid(line, from, to);
                }
            }
            case Command.WhatsAt question -> {
                if (!view.isReady()) {
                    answers.flush();
                }
                Location location = view.find(question.client());
                if (location == null) {
                    answers.invalid(line, from, to);
                } else {
                    tell(question, location, answers);
                }
            }
            case Command.Malformed malformed -> answers.invalid(line, from, to);
        }
    }

    private boolean admits(Command.IAmAt report, long clockNanos) {
        return report.timeNanos() - clockNanos <= limits.maxAhead().toNanos()
                && (store.size() < limits.maxClients() || store.find(report.client()) != null);
    }

    private void hear(Command.IAmAt report, long clockNanos, Answers answers) throws IOException {
        Location location = Location.heard(server, clockNanos, report);
        intake.take(location, null);
        answers.acknowledge(location.line());
    }

    private void tell(Command.WhatsAt question, Location location, Answers answers) throws IOException {
        answers.line(location.line());
        if (places.mayBlock()) {
            answers.flush();
        }
        Position position = location.position();
        PlacesDocument document = Places.answer(places, new PlacesQuery(position.latitude(), position.longitude(),
                question.radiusKm() * METRES_PER_KM, question.bound()));
        answers.document(document);
    }

    /** Answers a line that is longer than the limit, with as much of it as a person needs to recognise it. */
    void tooLong(byte[] line, int from, int to, Answers answers) throws IOException {
        answers.invalid(line, from, Math.min(to, from + ClientLimits.MIN_LINE_BYTES));
    }
}
