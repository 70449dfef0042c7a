package dev.proxyherd.fences.hooks;

import dev.proxyherd.fences.FencedArea;
import dev.proxyherd.fences.Fences;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages of each fence go, as its file says now: one that waits goes to the address that somebody has put right
 * meanwhile, and to none that is not there any more. Any thread may ask.
 */
final class HookAddresses {
    private final Supplier<Fences> file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, URI> addresses = new HashMap<>();
    private final Set<URI> closed = new HashSet<>();
    private Fences read = Fences.NONE;

    HookAddresses(Supplier<Fences> file) {
        this.file = file;
    }

    /** The address of a fence; null if it has none, or is not there, or the receiver wants no more. */
    @SuppressWarnings("ReferenceEquality")
    @Nullable
    URI of(String fence) {
        lock.lock();
        try {
            Fences now = file.get();
            if (now != read) {
                read = now;
                addresses.clear();
                closed.clear();
                now.areas().stream().map(FencedArea::fence).forEach(one -> {
                    if (one.webhook() != null) {
                        addresses.put(one.id(), one.webhook());
                    }
                });
            }
            URI address = addresses.get(fence);
            return address == null || closed.contains(address) ? null : address;
        } finally {
            lock.unlock();
        }
    }

    /** The receiver wants no more, until the file is another. */
    void close(URI address) {
        lock.lock();
        try {
            closed.add(address);
        } finally {
            lock.unlock();
        }
    }
}
