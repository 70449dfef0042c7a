package dev.proxyherd.net;

import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.DocumentBudget;
import dev.proxyherd.places.setup.Lookups;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.Position;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.Reports;
import dev.proxyherd.store.StoreView;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Does what commands ask for. One for each server, shared by all its connections; the caller's thread does the work. */
public final class CommandHandler {
    private final Reports reports;
    private final StoreView view;
    private final Lookups places;

    /** Null while nobody measures, which then costs a comparison. */
    private volatile @Nullable CommandMeter meter;

    public CommandHandler(Reports reports, StoreView view, Lookups places) {
        this.reports = reports;
        this.view = view;
        this.places = places;
    }

    /** From now on this meter is told how commands went. */
    public void measure(CommandMeter with) {
        meter = with;
    }

    /** Where reports go; connections ask it when their answers may be sent. */
    Intake intake() {
        return reports.intake();
    }

    /** A new connection's share of what documents may take. */
    DocumentBudget.Share share() {
        return places.share();
    }

    /**
     * Handles one command and adds its answer.
     *
     * @param readAt this server's clock when it read the command
     * @param line holds the line that the command was parsed from at {@code [from, to)}, for the answer to a bad one
     */
    void handle(Command command, Instant readAt, byte[] line, int from, int to, Answers answers) throws IOException {
        CommandMeter active = meter;
        long start = active == null ? 0 : System.nanoTime();
        boolean valid = switch (command) {
            case Command.IAmAt report -> hear(report, readAt, answers);
            case Command.WhatsAt question -> tell(question, answers);
            case Command.Malformed malformed -> false;
        };
        if (!valid) {
            answers.invalid(line, from, to);
        }
        if (active != null) {
            active.handled(name(command), valid ? "ok" : "invalid", System.nanoTime() - start);
        }
    }

    private static String name(Command command) {
        return switch (command) {
            case Command.IAmAt report -> "IAMAT";
            case Command.WhatsAt question -> "WHATSAT";
            case Command.Malformed malformed -> "other";
        };
    }

    private boolean hear(Command.IAmAt report, Instant readAt, Answers answers) throws IOException {
        Location location = reports.hear(report, Expiry.nanos(readAt));
        if (location == null) {
            return false;
        }
        answers.acknowledge(location.line());
        return true;
    }

    private boolean tell(Command.WhatsAt question, Answers answers) throws IOException {
        if (!view.isReady()) {
            answers.flush();
        }
        Location location = view.find(question.client());
        if (location == null) {
            return false;
        }
        // The line waits for its document: clients take what they read at once for the whole answer.
        if (places.mayBlock()) {
            answers.flush();
        }
        CommandMeter active = meter;
        long start = active == null ? 0 : System.nanoTime();
        Position position = location.position();
        PlacesDocument document = places.ask(PlacesQuery.withinKm(position.latitude(), position.longitude(),
                question.radiusKm(), question.bound()), answers.untaken());
        if (active != null) {
            active.lookedUp(document.status(), System.nanoTime() - start);
        }
        answers.places(location.line(), document);
        return true;
    }

    /** Answers a line that is longer than the limit, with as much of it as a person needs to recognise it. */
    void tooLong(byte[] line, int from, int to, Answers answers) throws IOException {
        answers.invalid(line, from, Math.min(to, from + ClientLimits.MIN_LINE_BYTES));
    }
}
