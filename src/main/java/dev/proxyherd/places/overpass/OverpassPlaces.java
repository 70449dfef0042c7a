package dev.proxyherd.places.overpass;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.proxyherd.geo.Geo;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.document.JsonTree;
import dev.proxyherd.places.document.MappedDocument;
import dev.proxyherd.places.document.OsmTags;
import dev.proxyherd.places.upstream.Deadline;
import dev.proxyherd.places.upstream.HttpFailures;
import dev.proxyherd.places.upstream.HttpFetcher;
import dev.proxyherd.places.upstream.HttpReply;
import dev.proxyherd.places.upstream.PlacesEnvironment;
import dev.proxyherd.places.upstream.PlacesLimits;
import dev.proxyherd.places.upstream.PlacesSource;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * OpenStreetMap's data by way of an Overpass server, nearest first. A server cuts its answer by element number, which
 * has nothing to do with distance; so it is asked for a small circle that grows until enough lie in it, and only an
 * answer that was not cut counts as all there is. Where it cannot be had, {@code info_messages} says so.
 *
 * @see <a href="https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL">the query language</a>
 */
public final class OverpassPlaces implements PlacesProvider {
    /** Elements in one answer; the server cuts there. */
    static final int MAX_ELEMENTS = 400;
    private static final List<String> ATTRIBUTION = List.of(
            "<a href=\"https://www.openstreetmap.org/copyright\">© OpenStreetMap contributors</a>, ODbL 1.0");

    private final PlacesSource source;
    private final HttpFailures failures;
    private final HttpFetcher fetcher;

    public OverpassPlaces(PlacesSource source, PlacesLimits limits, PlacesEnvironment environment) {
        this.source = source;
        this.failures = new HttpFailures(source, limits);
        this.fetcher = new HttpFetcher(source, limits, environment);
    }

    @Override
    public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
        Deadline deadline = fetcher.deadline();
        Map<String, OverpassElement> found = new HashMap<>();
        OverpassCircles circles = new OverpassCircles(MappedDocument.radius(query));
        while (circles.next()) {
            List<JsonObject> elements;
            try {
                elements = ask(query, circles.radius(), deadline);
            } catch (PlacesException e) {
                if (found.isEmpty()) {
                    throw e;
                }
                return document(found, circles, e.getMessage());
            }
            elements.forEach(
                    element -> OverpassElement.read(element, query).ifPresent(place -> found.put(place.id(), place)));
            circles.answered(elements.size() < MAX_ELEMENTS, enough(found));
        }
        return document(found, circles, "there are too many places to ask for all of them");
    }

    @Override
    public void close() {
        fetcher.close();
    }

    private List<JsonObject> ask(PlacesQuery query, double radius, Deadline deadline) throws PlacesException {
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(deadline.remainingNanos()));
        String data = "data=" + URLEncoder.encode(question(query, radius, seconds), StandardCharsets.UTF_8);
        HttpRequest request = HttpFetcher.request(source.endpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(data))
                .build();
        HttpReply reply = fetcher.fetch(request, deadline);
        if (!reply.ok()) {
            throw failures.failed(reply.failure(), reply.words());
        }
        JsonObject answer = JsonTree.object(reply.body());
        String remark = JsonTree.text(answer, "remark");
        if (remark != null) {
            throw failures.failed(Status.UNKNOWN_ERROR, "the server did not finish: " + remark);
        }
        if (!(answer.get("elements") instanceof JsonArray)) {
            throw failures.failed(Status.UNKNOWN_ERROR, "the answer has no list of elements");
        }
        return JsonTree.objects(answer, "elements");
    }

    private static String question(PlacesQuery query, double radius, long seconds) {
        String around = "(around:" + Geo.plain(radius) + "," + Geo.plain(query.latitude()) + ","
                + Geo.plain(query.longitude()) + ")";
        StringBuilder text = new StringBuilder("[out:json][timeout:" + seconds + "];\n(\n");
        for (String key : OsmTags.KEYS) {
            text.append("  nwr").append(around).append("[\"name\"][\"").append(key).append("\"];\n");
        }
        return text.append(");\nout center ").append(MAX_ELEMENTS).append(";\n").toString();
    }

    /** How far it is to the last place of a full answer; infinitely far while there are too few for one. */
    private static double enough(Map<String, OverpassElement> found) {
        return found.values().stream().mapToDouble(OverpassElement::metres).sorted().skip(MAX_RESULTS - 1).findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** What is known to be nearest, with the reason where that is not all there is; what was found if none of it is. */
    private static ProviderDocument document(Map<String, OverpassElement> found, OverpassCircles circles,
            @Nullable String whyNotAll) throws PlacesException {
        List<OverpassElement> nearest = new ArrayList<>(found.values());
        nearest.sort(Comparator.comparingDouble(OverpassElement::metres).thenComparing(OverpassElement::id));
        String infoMessage = null;
        if (!circles.done()) {
            List<OverpassElement> known = nearest.stream().filter(place -> place.metres() <= circles.whole()).toList();
            infoMessage = (known.isEmpty() ? "There may be nearer ones: "
                    : "Only what lies within " + Math.round(circles.whole()) + " m: ") + whyNotAll;
            nearest = known.isEmpty() ? nearest : known;
        }
        return MappedDocument.print(nearest.stream().map(OverpassElement::result).toList(), ATTRIBUTION, infoMessage);
    }
}
