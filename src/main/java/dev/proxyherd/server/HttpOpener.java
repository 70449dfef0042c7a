package dev.proxyherd.server;

import dev.proxyherd.fences.follow.Following;
import dev.proxyherd.gateway.ClientChanges;
import dev.proxyherd.gateway.FenceSource;
import dev.proxyherd.gateway.Gateway;
import dev.proxyherd.gateway.GatewayParts;
import dev.proxyherd.gateway.GatewaySettings;
import dev.proxyherd.gateway.MapPlaces;
import dev.proxyherd.gateway.ServerTelemetry;
import dev.proxyherd.gateway.api.ClientForgetter;
import dev.proxyherd.gateway.index.ClientSource;
import dev.proxyherd.places.PlaceLabels;
import dev.proxyherd.status.HerdStatus;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server's HTTP port, which it has once at most; until that is opened nothing of the gateway is loaded. */
final class HttpOpener implements AutoCloseable {
    private final ServerParts parts;
    private volatile @Nullable Gateway gateway;
    private volatile boolean closing;

    HttpOpener(ServerParts parts) {
        this.parts = parts;
    }

    Gateway open(GatewaySettings settings, Supplier<HerdStatus> herd, ClientForgetter forgetter) throws IOException {
        if (gateway != null) {
            throw new IllegalStateException("the server " + parts.config.name() + " has an HTTP port already");
        }
        GatewayMeters meters = new GatewayMeters();
        ServerContext context = parts.config.context();
        ClientSource clients =
                new StoreKnown(parts.store, parts.view, parts.expiry, parts.journal, parts.intake::tell);
        GatewaySettings asking = settings.with(parts.tokens);
        GatewaySettings sealed = parts.config.settings().tls().http() ? asking.inTls(parts.tls.https()) : asking;
        Gateway opened = Gateway.open(sealed, new GatewayParts(clients, new ClientChanges(parts.reports, forgetter),
                new MapPlaces(context.places().provider(), labels()),
                new ServerTelemetry(herd, this::whyNotReady, parts.acceptor::refused, meters.meters()), parts.log,
                context.clock(), fences()));
        gateway = opened;
        parts.intake.tell(meters);
        parts.handler.measure(meters);
        return opened;
    }

    /** From now on one address may have so many requests under way, 0 for no limit. */
    void limitPerHost(int requests) {
        Gateway opened = gateway;
        if (opened != null) {
            opened.limitPerHost(requests);
        }
    }

    private FenceSource fences() {
        Following following = parts.following;
        return following == null ? FenceSource.NONE
                : new FenceSource(following::fences, following::tell, following::told, following::skipped);
    }

    private @Nullable String whyNotReady() {
        if (closing || (parts.journal != null && !parts.journal.isReplayed())) {
            return "the server still reads its journal, or is stopping";
        }
        return parts.journal == null ? null : parts.journal.held();
    }

    /** Names of localities for the map; from the places, or else loaded when the map first asks for them. */
    private PlaceLabels labels() {
        return parts.config.context().places().provider() instanceof PlaceLabels labels ? labels : new LazyLabels();
    }

    /** Closes the port, if it was opened. From now on the server says that it is not ready. */
    @Override
    public void close() {
        closing = true;
        Gateway opened = gateway;
        if (opened != null) {
            opened.close();
        }
    }
}
