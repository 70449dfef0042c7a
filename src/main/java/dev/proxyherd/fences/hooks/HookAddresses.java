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
    /**
     * Where the messages of a fence go.
     *
     * @param edition the number of the file that says so
     */
    record Target(URI address, long edition) {
    }

    private final Supplier<Fences> file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, URI> addresses = new HashMap<>();
    private final Set<URI> closed = new HashSet<>();
    private final Set<String> receivers = new HashSet<>();
    private Fences read = Fences.NONE;
    private long edition;

    HookAddresses(Supplier<Fences> file) {
        this.file = file;
    }

    /** Where a fence's messages go; null if it has no address, or is not there, or the receiver wants no more. */
    @Nullable
    Target of(String fence) {
        lock.lock();
        try {
            read();
            URI address = addresses.get(fence);
            return address == null || closed.contains(address) ? null : new Target(address, edition);
        } finally {
            lock.unlock();
        }
    }

    /** The name of a fence's receiver, whether that wants more or not; null if it has no address, or is not there. */
    @Nullable
    String receiverOf(String fence) {
        lock.lock();
        try {
            read();
            URI address = addresses.get(fence);
            return address == null ? null : Receiver.nameOf(address);
        } finally {
            lock.unlock();
        }
    }

    /** The names of all receivers. */
    Set<String> receivers() {
        lock.lock();
        try {
            read();
            return Set.copyOf(receivers);
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private void read() {
        Fences now = file.get();
        if (now == read) {
            return;
        }
        edition++;
        addresses.clear();
        closed.clear();
        receivers.clear();
        now.areas().stream().map(FencedArea::fence).forEach(one -> {
            if (one.webhook() != null) {
                addresses.put(one.id(), one.webhook());
                receivers.add(Receiver.nameOf(one.webhook()));
            }
        });
        read = now;
    }

    /**
     * The receiver wants no more, until the file is another.
     *
     * @return false if it is another already: then this was said of what had been sent before
     */
    boolean close(Target target) {
        lock.lock();
        try {
            read();
            if (target.edition() == edition) {
                closed.add(target.address());
            }
            return target.edition() == edition;
        } finally {
            lock.unlock();
        }
    }
}
