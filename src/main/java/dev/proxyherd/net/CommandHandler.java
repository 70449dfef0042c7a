package dev.proxyherd.net;

import dev.proxyherd.places.PlacesDocument;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.Position;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/** Does what commands ask for. One for each server, shared by all its connections; the caller's thread does the work. */
public final class CommandHandler {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final double METRES_PER_KM = 1000;

    private final ServerName server;
    private final LocationStore store;
    private final Intake intake;
    private final PlacesProvider places;
    private final InstantSource clock;

    public CommandHandler(
            ServerName server, LocationStore store, Intake intake, PlacesProvider places, InstantSource clock) {
        this.server = server;
        this.store = store;
        this.intake = intake;
        this.places = places;
        this.clock = clock;
    }

    /**
     * Handles one command and adds its answer.
     *
     * @param line holds the line that the command was parsed from at {@code [from, to)}, for the answer to a bad one
     */
    void handle(Command command, byte[] line, int from, int to, Answers answers) throws IOException {
        switch (command) {
            case Command.IAmAt report -> hear(report, answers);
            case Command.WhatsAt question -> {
                Location location = store.find(question.client());
                if (location == null) {
                    answers.invalid(line, from, to);
                } else {
                    tell(question, location, answers);
                }
            }
            case Command.Malformed malformed -> answers.invalid(line, from, to);
        }
    }

    private void hear(Command.IAmAt report, Answers answers) throws IOException {
        Location location = Location.heard(server, nanos(clock.instant()), report);
        intake.take(location, null);
        answers.line(location.line());
    }

    private void tell(Command.WhatsAt question, Location location, Answers answers) throws IOException {
        answers.line(location.line());
        if (places.mayBlock()) {
            answers.flush();
        }
        PlacesDocument document;
        try {
            Position position = location.position();
            PlacesQuery query = new PlacesQuery(position.latitude(), position.longitude(),
                    question.radiusKm() * METRES_PER_KM, question.bound());
            document = PlacesDocument.of(places.nearby(query), question.bound());
        } catch (PlacesException e) {
            document = PlacesDocument.failure(e.status(), e.getMessage());
        } catch (RuntimeException e) {
            // A fault of the provider's code; its message may hold anything, so the client is told its name only.
            document = PlacesDocument.failure(PlacesException.Status.UNKNOWN_ERROR,
                    "the places provider failed (" + e.getClass().getSimpleName() + ")");
        }
        answers.document(document);
    }

    /** Answers a line that is longer than the limit, with as much of it as a person needs to recognise it. */
    void tooLong(byte[] line, int from, int to, Answers answers) throws IOException {
        answers.invalid(line, from, Math.min(to, from + ClientLimits.MIN_LINE_BYTES));
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }
}
