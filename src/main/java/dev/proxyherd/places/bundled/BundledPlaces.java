package dev.proxyherd.places.bundled;

import dev.proxyherd.geo.GeoIndex;
import dev.proxyherd.places.PlaceLabel;
import dev.proxyherd.places.PlaceLabels;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.document.PlacesDocument;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The places that come with the program: towns, neighbourhoods and airports of the whole world, with no network and no key.
 * Nearest first. Loading has a thread of its own, {@code places-loader}, starts with {@link #prepare} or the first lookup, and
 * holds nobody up but a lookup that comes before it is done. Any number of threads may ask.
 */
public final class BundledPlaces implements PlacesProvider, PlaceLabels {
    private static final String RESOURCE = "places.gz";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** Somewhere with many places around. */
    private static final double WARM_UP_LATITUDE = 34.06893;
    private static final double WARM_UP_LONGITUDE = -118.445127;
    private static final double WARM_UP_RADIUS_METRES = 10_000;

    private final CompletableFuture<Loaded> loading = new CompletableFuture<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Callable<PlaceTable> source;
    private final Duration longestWait;

    private record Loaded(PlaceTable table, GeoIndex index) {
    }

    /** Loads nothing yet. A failure to load is told by each {@link #nearby}. */
    public BundledPlaces() {
        this(BundledPlaces::readResource, LONGEST_WAIT);
    }

    /** As above, from a table of the caller's choice. */
    BundledPlaces(Callable<PlaceTable> source, Duration longestWait) {
        this.source = source;
        this.longestWait = longestWait;
    }

    @Override
    public void prepare() {
        if (begun.compareAndSet(false, true)) {
            // Reading the program's own file holds a carrier, so this is no task for a virtual thread.
            Thread.ofPlatform().daemon().name("places-loader").start(this::load);
        }
    }

    public static PlaceTable readResource() throws IOException {
        try (InputStream resource = BundledPlaces.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new FileNotFoundException(RESOURCE + " is missing from the program");
            }
            return PlaceTableReader.read(resource);
        }
    }

    private void load() {
        try {
            PlaceTable table = source.call();
            loading.complete(
                    new Loaded(table, new GeoIndex(table.bandStarts(), table.latitudes(), table.longitudes())));
            warmUp();
        } catch (Throwable e) { // out of memory, too: nobody shall wait for a loader that is gone
            loading.completeExceptionally(e);
        }
    }

    /** Asks for what nobody waits for, so that the first who asks does not wait for code that has never run. */
    private void warmUp() throws PlacesException {
        for (int bound = 0; bound <= MAX_RESULTS; bound++) {
            PlacesQuery query = new PlacesQuery(WARM_UP_LATITUDE, WARM_UP_LONGITUDE, WARM_UP_RADIUS_METRES, bound);
            PlacesDocument.of(nearby(query), bound);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Nearest first; {@code OK} when anything lies within the radius, even if the bound is 0. Waits for the data to be
     * loaded, 10 seconds at most.
     */
    @Override
    public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
        Loaded loaded = awaitLoaded();
        int[] found = loaded.index.nearest(query.latitude(), query.longitude(), query.radiusMetres(),
                Math.max(1, query.bound()));
        return BundledDocument.of(loaded.table, found, query.bound());
    }

    @Override
    public boolean mayBlock() {
        return !loading.isDone();
    }

    /** {@inheritDoc} Of two of one size the one with the lower row first. Waits for the data as {@link #nearby} does. */
    @Override
    public List<PlaceLabel> largest(double west, double south, double east, double north, int limit)
            throws PlacesException {
        return LabelSearch.largest(awaitLoaded().table, west, south, east, north, limit);
    }

    private Loaded awaitLoaded() throws PlacesException {
        prepare();
        try {
            return loading.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure("the bundled places cannot be used: " + reason(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw failure("the bundled places are still being loaded", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted while waiting for the bundled places", e);
        }
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "for an unknown reason";
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static PlacesException failure(String message, @Nullable Throwable cause) {
        return new PlacesException(Status.UNKNOWN_ERROR, message, cause);
    }

    /** Lets go of the data, loaded or not; lookups fail from now on, those that wait for it included. */
    @Override
    public void close() {
        loading.obtrudeException(new IllegalStateException("closed"));
    }
}
