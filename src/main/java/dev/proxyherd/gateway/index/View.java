package dev.proxyherd.gateway.index;

import dev.proxyherd.rights.ClientPatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What those see who see only some clients: an index of these alone, which follows the index of all. Whoever may see the same
 * shares it. Its fields are guarded by the lock of the index of all.
 */
final class View {
    private final ClientPatterns patterns;
    private final List<TrackedClient> changed = new ArrayList<>();
    final ClientIndex index;

    /** How many clients it was last counted with. */
    int counted;

    /** By how many uses of views the last use of this one was preceded. */
    volatile long lastUse;

    View(ClientPatterns patterns, int maxForgotten) {
        this.patterns = patterns;
        // By chance, and not in order: how many views there are is nobody's business.
        String run = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
        this.index = new ClientIndex(run, maxForgotten, client -> false, ClientIndex.Follower.NONE);
    }

    ClientPatterns patterns() {
        return patterns;
    }

    boolean shows(String client) {
        return patterns.match(client);
    }

    /** Notes that a client has changed; true if it is the first since {@link #catchUp}. */
    boolean note(TrackedClient client) {
        changed.add(client);
        return changed.size() == 1;
    }

    /** Takes over what was noted. */
    void catchUp() {
        index.takeOverFrom(changed);
        changed.clear();
    }
}
