package dev.proxyherd.net;

import dev.proxyherd.places.PlacesDocument;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.Position;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Reports;
import java.io.IOException;

/** Does what commands ask for. One for each server, shared by all its connections; the caller's thread does the work. */
public final class CommandHandler {
    private static final double METRES_PER_KM = 1000;
    private static final int TOO_LONG_COPY = 1024;

    private final LocationStore store;
    private final Reports reports;
    private final PlacesProvider places;

    /** Null while nobody measures, which then costs a comparison. */
    private volatile CommandMeter meter;

    public CommandHandler(LocationStore store, Reports reports, PlacesProvider places) {
        this.store = store;
        this.reports = reports;
        this.places = places;
    }

    /**
     * Handles one command and adds its answer.
     *
     * @param line holds the line that the command was parsed from at {@code [from, to)}, for the answer to a bad one
     */
    void handle(Command command, byte[] line, int from, int to, Answers answers) throws IOException {
        CommandMeter told = meter;
        long start = told == null ? 0 : System.nanoTime();
        String outcome = "ok";
        switch (command) {
            case Command.IAmAt report -> answers.line(reports.hear(report).line());
            case Command.WhatsAt question -> {
                Location location = store.find(question.client());
                if (location == null) {
                    outcome = "unknown";
                    answers.invalid(line, from, to);
                } else {
                    tell(question, location, answers);
                }
            }
            case Command.Malformed malformed -> {
                outcome = "invalid";
                answers.invalid(line, from, to);
            }
        }
        if (told != null) {
            told.handled(name(command), outcome, System.nanoTime() - start);
        }
    }

    /** From now on this meter is told how commands went. */
    public void measure(CommandMeter with) {
        meter = with;
    }

    private static String name(Command command) {
        return switch (command) {
            case Command.IAmAt report -> "IAMAT";
            case Command.WhatsAt question -> "WHATSAT";
            case Command.Malformed malformed -> "other";
        };
    }

    private void tell(Command.WhatsAt question, Location location, Answers answers) throws IOException {
        answers.line(location.line());
        if (places.mayBlock()) {
            answers.flush();
        }
        CommandMeter told = meter;
        long start = told == null ? 0 : System.nanoTime();
        PlacesDocument document;
        try {
            Position position = location.position();
            PlacesQuery query = new PlacesQuery(position.latitude(), position.longitude(),
                    question.radiusKm() * METRES_PER_KM, question.bound());
            document = PlacesDocument.of(places.nearby(query), question.bound());
        } catch (PlacesException e) {
            document = PlacesDocument.failure(e.status(), e.getMessage());
        }
        if (told != null) {
            told.lookedUp(document.status(), System.nanoTime() - start);
        }
        answers.document(document);
    }

    /** Answers a line that is longer than the limit, with as much of it as a person needs to recognise it. */
    void tooLong(byte[] line, int from, int to, Answers answers) throws IOException {
        answers.invalid(line, from, Math.min(to, from + TOO_LONG_COPY));
    }
}
