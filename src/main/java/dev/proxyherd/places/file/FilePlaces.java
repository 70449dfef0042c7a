package dev.proxyherd.places.file;

import dev.proxyherd.io.FileReason;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.document.MappedDocument;
import dev.proxyherd.places.upstream.PlacesEnvironment;
import dev.proxyherd.places.upstream.PlacesLimits;
import dev.proxyherd.places.upstream.PlacesSource;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The user's own places, nearest first. The file is read once, on a platform thread of its own, so that it delays neither
 * the start nor a carrier; a lookup that comes sooner waits for it within its deadline.
 */
public final class FilePlaces implements PlacesProvider {
    private final PlacesSource source;
    private final PlacesLimits limits;
    private final PlacesEnvironment environment;
    private final CompletableFuture<Loaded> loaded = new CompletableFuture<>();

    private record Loaded(PlaceIndex index, List<String> attributions) {
    }

    public FilePlaces(PlacesSource source, PlacesLimits limits, PlacesEnvironment environment) {
        this.source = source;
        this.limits = limits;
        this.environment = environment;
        Thread.ofPlatform().daemon().name("places-file").start(this::load);
    }

    @Override
    public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
        Loaded places = loaded();
        List<PlaceRow> nearest = places.index.nearest(query, MAX_RESULTS);
        return MappedDocument.print(nearest.stream().map(PlaceRow::result).toList(), places.attributions, null);
    }

    @Override
    public void close() {
        loaded.completeExceptionally(new IOException("this server is stopping"));
    }

    private void load() {
        try {
            PlacesFile file = new PlacesFile(source.requiredFile(), loaded::isDone);
            file.read(environment.warnings());
            if (file.rows().isEmpty() && !loaded.isDone()) {
                environment.warnings().accept("Places file " + source.file() + " holds no places");
            }
            loaded.complete(new Loaded(new PlaceIndex(file.rows()), List.copyOf(file.attributions())));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            if (!loaded.isDone()) {
                environment.warnings().accept("Places file " + source.file() + " cannot be read: "
                        + (e instanceof IOException failure ? FileReason.of(failure) : e));
            }
            loaded.completeExceptionally(e);
        }
    }

    private Loaded loaded() throws PlacesException {
        try {
            return loaded.get(limits.deadline().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PlacesException(Status.UNKNOWN_ERROR, "The places file is still being read");
        } catch (ExecutionException e) {
            throw new PlacesException(Status.UNKNOWN_ERROR, "The places file cannot be used");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlacesException(Status.UNKNOWN_ERROR, "The lookup was interrupted");
        }
    }
}
