package dev.proxyherd.gateway.api;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingListener;
import dev.proxyherd.gateway.index.ClientIndex;
import dev.proxyherd.rights.Rights;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The crossings that were told last, in a log for each index of clients that subscribers follow: who may see some clients has
 * those of these clients numbered alone. A log goes with its index. Any thread.
 */
public final class Crossings implements CrossingListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final CrossingLog all = new CrossingLog(() -> {});

    /** By index; what is here does not keep one that nobody uses any more. */
    private final Map<ClientIndex, Part> parts = new WeakHashMap<>();

    /** What of all crossings concerns clients of an index. */
    private record Part(Rights rights, CrossingLog log) {
        void add(List<Crossing> crossings) {
            List<Crossing> seen = crossings.stream().filter(one -> rights.maySee(one.client())).toList();
            if (!seen.isEmpty()) {
                log.crossed(seen);
            }
        }
    }

    @Override
    public void crossed(List<Crossing> crossings) {
        lock.lock();
        try {
            all.crossed(crossings);
            parts.values().forEach(part -> part.add(crossings));
        } finally {
            lock.unlock();
        }
    }

    /** The log of what concerns the clients of an index, which is what the rights let see. */
    CrossingLog of(ClientIndex index, Rights rights) {
        lock.lock();
        try {
            Part known = parts.get(index);
            if (known != null) {
                return known.log;
            }
            Part part = new Part(rights, new CrossingLog(index.signal()::wake));
            part.add(all.after(0).crossings());
            parts.put(index, part);
            return part.log;
        } finally {
            lock.unlock();
        }
    }
}
