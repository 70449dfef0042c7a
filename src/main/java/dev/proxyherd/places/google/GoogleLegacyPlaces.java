package dev.proxyherd.places.google;

import dev.proxyherd.geo.Geo;
import dev.proxyherd.places.DocumentShape;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.document.DocumentScanner;
import dev.proxyherd.places.document.MappedDocument;
import dev.proxyherd.places.upstream.HttpFailures;
import dev.proxyherd.places.upstream.HttpFetcher;
import dev.proxyherd.places.upstream.HttpReply;
import dev.proxyherd.places.upstream.PlacesEnvironment;
import dev.proxyherd.places.upstream.PlacesLimits;
import dev.proxyherd.places.upstream.PlacesSource;
import java.net.URI;

/**
 * Google's Nearby Search (legacy): its body is handed on byte for byte, its own failures included.
 *
 * @see <a href="https://developers.google.com/maps/documentation/places/web-service/legacy/search-nearby">its documentation</a>
 */
public final class GoogleLegacyPlaces implements PlacesProvider {
    private final PlacesSource source;
    private final HttpFailures failures;
    private final HttpFetcher fetcher;

    public GoogleLegacyPlaces(PlacesSource source, PlacesLimits limits, PlacesEnvironment environment) {
        this.source = source;
        this.failures = new HttpFailures(source, limits);
        this.fetcher = new HttpFetcher(source, limits, environment);
    }

    @Override
    public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
        HttpReply reply = fetcher.fetch(HttpFetcher.request(uri(query)).GET().build(), fetcher.deadline());
        if (!reply.ok()) {
            throw failures.failed(reply.failure(), reply.words());
        }
        ProviderDocument document = DocumentScanner.scan(reply.body());
        DocumentShape shape = document.shape();
        String said = shape.errorMessage();
        if (shape.failed() && said != null && !source.requiredKey().redact(said).equals(said)) {
            throw failures.failed(shape.failure(), said);
        }
        return document;
    }

    @Override
    public void close() {
        fetcher.close();
    }

    /** The comma is encoded; there is no plus sign, which would be read as a space. */
    private URI uri(PlacesQuery query) {
        String endpoint = source.endpoint().toString();
        String join = !endpoint.contains("?") ? "?" : endpoint.endsWith("?") || endpoint.endsWith("&") ? "" : "&";
        return URI.create(
                endpoint + join + "location=" + Geo.plain(query.latitude()) + "%2C" + Geo.plain(query.longitude())
                        + "&radius=" + Geo.plain(MappedDocument.radius(query)) + "&key="
                        + source.requiredKey().encoded());
    }
}
