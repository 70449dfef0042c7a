package dev.proxyherd.gateway.access;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How long those are kept waiting who show a wrong token, so that guessing takes long: the first few of an address are
 * typing errors, and each further one waits twice as long as the one before, up to {@link #LONGEST}. An address that shows
 * none for a while begins anew. Who shows the right one is not asked here and never waits, whatever others do at the same
 * address. Any thread may call this.
 */
public final class WrongTokens {
    static final Duration LONGEST = Duration.ofSeconds(8);

    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);
    private static final int FREE = 3;

    /** How many addresses are remembered; with one too many that which was wrong longest ago is forgotten. */
    public static final int MOST_ADDRESSES = 4_096;

    /** Of an IPv6 address the part that a network is given: who has one has 2^64 addresses in it. */
    private static final int PREFIX_BYTES = 8;

    private final int mostAddresses;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Wrong> byAddress = new LinkedHashMap<>();

    private record Wrong(int times, long lastNanos) {
    }

    /** @param mostAddresses how many addresses are remembered */
    public WrongTokens(int mostAddresses) {
        this.mostAddresses = mostAddresses;
    }

    /**
     * A wrong token was shown.
     *
     * @param nowNanos a clock that only goes forward, as {@link System#nanoTime}
     * @return how long to wait with the answer; zero for not at all
     */
    public Duration shown(InetAddress address, long nowNanos) {
        String network = network(address);
        lock.lock();
        try {
            Wrong last = byAddress.remove(network);
            int before = last == null || nowNanos - last.lastNanos > FORGIVEN_AFTER.toNanos() ? 0 : last.times;
            Wrong now = new Wrong(Math.min(before + 1, Integer.MAX_VALUE - 1), nowNanos);
            byAddress.put(network, now);
            if (byAddress.size() > mostAddresses) {
                byAddress.remove(byAddress.keySet().iterator().next());
            }
            return wait(now.times);
        } finally {
            lock.unlock();
        }
    }

    private static Duration wait(int times) {
        if (times <= FREE) {
            return Duration.ZERO;
        }
        Duration wait = SHORTEST.multipliedBy(1L << Math.min(times - FREE - 1, 16));
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes.length > PREFIX_BYTES ? Arrays.copyOf(bytes, PREFIX_BYTES) : bytes);
    }
}
