package dev.proxyherd.places;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.proxyherd.places.PlacesException.Status;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * OpenStreetMap's data by way of an Overpass server, nearest first. A server cuts its answer by element number, which has
 * nothing to do with distance; so it is asked for a small circle that grows until enough lie in it, and only an answer that
 * was not cut counts as all there is.
 *
 * @see <a href="https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL">the query language</a>
 */
final class OverpassPlaces implements PlacesProvider {
    /** Elements in one answer; the server cuts there. */
    static final int MAX_ELEMENTS = 400;
    private static final List<String> ATTRIBUTION = List.of(
            "<a href=\"https://www.openstreetmap.org/copyright\">© OpenStreetMap contributors</a>, ODbL 1.0");

    private final PlacesSource source;
    private final HttpFailures failures;
    private final HttpFetcher fetcher;

    OverpassPlaces(PlacesSource source, PlacesLimits limits, PlacesEnvironment environment) {
        this.source = source;
        this.failures = new HttpFailures(source, limits);
        this.fetcher = new HttpFetcher(source, limits, environment);
    }

    @Override
    public byte[] nearby(PlacesQuery query) throws PlacesException {
        Deadline deadline = fetcher.deadline();
        Map<String, OverpassElement> found = new HashMap<>();
        Circles circles = new Circles(MappedDocument.radius(query));
        while (circles.next()) {
            List<JsonObject> elements;
            try {
                elements = ask(query, circles.radius, deadline);
            } catch (PlacesException e) {
                if (found.isEmpty()) {
                    throw e;
                }
                return document(found, "Only what lies within " + Math.round(circles.whole) + " m: " + e.getMessage());
            }
            elements.forEach(element -> OverpassElement.read(element, query).ifPresent(place -> found.put(place.id(), place)));
            long near = found.values().stream().filter(place -> place.metres() <= circles.radius).count();
            circles.answered(elements.size() < MAX_ELEMENTS, near >= MAX_RESULTS);
        }
        return document(found, null);
    }

    @Override
    public void close() {
        fetcher.close();
    }

    private List<JsonObject> ask(PlacesQuery query, double radius, Deadline deadline) throws PlacesException {
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(deadline.remainingNanos()));
        String data = "data=" + URLEncoder.encode(question(query, radius, seconds), StandardCharsets.UTF_8);
        HttpRequest request = HttpFetcher.request(source.url())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(data))
                .build();
        HttpReply reply = fetcher.fetch(request, deadline);
        if (!reply.ok()) {
            throw failures.failed(reply.failure(), reply.words());
        }
        JsonObject answer = Json.object(reply.body());
        String remark = Json.text(answer, "remark");
        if (remark != null) {
            throw failures.failed(Status.UNKNOWN_ERROR, "the server did not finish: " + remark);
        }
        if (!(answer.get("elements") instanceof JsonArray)) {
            throw failures.failed(Status.UNKNOWN_ERROR, "the answer has no list of elements");
        }
        return Json.objects(answer, "elements");
    }

    private static String question(PlacesQuery query, double radius, long seconds) {
        String around = "(around:" + Geo.plain(radius) + "," + Geo.plain(query.latitude()) + "," + Geo.plain(query.longitude()) + ")";
        StringBuilder text = new StringBuilder("[out:json][timeout:" + seconds + "];\n(\n");
        for (String key : OverpassElement.KEYS) {
            text.append("  nwr").append(around).append("[\"name\"][\"").append(key).append("\"];\n");
        }
        return text.append(");\nout center ").append(MAX_ELEMENTS).append(";\n").toString();
    }

    private static byte[] document(Map<String, OverpassElement> found, String infoMessage) {
        List<OverpassElement> nearest = new ArrayList<>(found.values());
        nearest.sort(Comparator.comparingDouble(OverpassElement::metres).thenComparing(OverpassElement::id));
        return MappedDocument.print(nearest.stream().map(OverpassElement::result).toList(), ATTRIBUTION, infoMessage);
    }

    /** The radii to ask about one after another, in metres: growing until enough is found, halving back after too much. */
    private static final class Circles {
        private static final double FIRST = 200;
        private static final double GROWTH = 4;
        /** Enough to grow from the first radius to 50 km, with one more to come back from a circle that held too much. */
        private static final int MAX_ASKED = 6;

        private final double last;
        private double radius;
        private double whole;
        private double tooMuch = Double.POSITIVE_INFINITY;
        private boolean done;
        private int asked;

        Circles(double last) {
            this.last = last;
        }

        boolean next() {
            if (done || asked == MAX_ASKED) {
                return false;
            }
            double grown = Math.min(last, asked == 0 ? FIRST : whole * GROWTH);
            radius = tooMuch < Double.POSITIVE_INFINITY ? (whole + tooMuch) / 2 : grown;
            asked++;
            return true;
        }

        void answered(boolean uncut, boolean enough) {
            if (uncut) {
                whole = radius;
                done = enough || radius >= last;
            } else {
                tooMuch = radius;
            }
        }
    }
}
