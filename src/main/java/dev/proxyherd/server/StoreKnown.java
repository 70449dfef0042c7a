package dev.proxyherd.server;

import dev.proxyherd.gateway.Known;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.LocationStore;
import java.util.Iterator;

/** Lets the gateway see a store. */
record StoreKnown(LocationStore store) implements Known {

    @Override
    public Location find(String client) {
        return store.find(client);
    }

    @Override
    public int size() {
        return store.size();
    }

    @Override
    public Iterator<Location> all() {
        return store.iterator();
    }

    @Override
    public long cutoffNanos() {
        return 0;
    }
}
