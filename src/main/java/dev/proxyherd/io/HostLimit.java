package dev.proxyherd.io;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Bounds what one address may hold, counts what is refused for it, and tells of that once in a while. It remembers an address
 * only while that holds something. Any threads.
 */
public final class HostLimit {
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);

    /** One customer, or one machine, has all addresses of IPv6 that begin with these. */
    private static final int NETWORK_BYTES = 8;

    private final String what;
    private final Consumer<String> told;
    private final LongSupplier nanos;
    private final Map<ByteBuffer, Integer> held = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final AtomicLong tellAt;
    private volatile int most;

    /**
     * @param most what one address may hold at once; 0 for no limit
     * @param what it holds, such as "connections"
     * @param told takes what is to be logged, once a minute at most; who is refused waits for it
     * @param nanos a clock that only goes forward, as {@link System#nanoTime}
     */
    public HostLimit(int most, String what, Consumer<String> told, LongSupplier nanos) {
        this.most = most;
        this.what = what;
        this.told = told;
        this.nanos = nanos;
        this.tellAt = new AtomicLong(nanos.getAsLong());
    }

    /** From now on one address may hold so many, 0 for no limit; what is held already stays. */
    public void limit(int value) {
        most = value;
    }

    /** Counts one more for an address, which {@link #leave} takes back; false if that has as many as it may. */
    public boolean enter(InetAddress host) {
        int limit = most;
        boolean[] room = new boolean[1];
        // Counted without a limit, too, for there may be one before this is taken back.
        held.compute(key(host), (address, count) -> {
            int holds = count == null ? 0 : count;
            room[0] = limit == 0 || holds < limit;
            return room[0] ? Integer.valueOf(holds + 1) : count;
        });
        return room[0];
    }

    /** Takes back one {@link #enter} that was true. */
    public void leave(InetAddress host) {
        held.computeIfPresent(key(host), (address, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }

    /** Counts one that was not let in. */
    public void refuse(InetAddress host) {
        refused.increment();
        long due = tellAt.get();
        long now = nanos.getAsLong();
        if (now - due >= 0 && tellAt.compareAndSet(due, now + TELL_EVERY.toNanos())) {
            told.accept("refused " + host.getHostAddress() + ", which has as many " + what
                    + " as --max-connections-per-host allows, " + most + "; refused so far, others included: "
                    + refused.sum());
        }
    }

    /** How many were not let in. */
    public long refused() {
        return refused.sum();
    }

    /** How many addresses it remembers. */
    int hosts() {
        return held.size();
    }

    private static ByteBuffer key(InetAddress host) {
        byte[] address = host.getAddress();
        boolean whole = !(host instanceof Inet6Address) || host.isLinkLocalAddress() || host.isLoopbackAddress();
        return ByteBuffer.wrap(address, 0, whole ? address.length : NETWORK_BYTES);
    }
}
