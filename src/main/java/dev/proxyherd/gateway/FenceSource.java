package dev.proxyherd.gateway;

import dev.proxyherd.fences.CrossingListener;
import dev.proxyherd.fences.Fences;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the API shows of fences.
 *
 * @param current the fences that are followed now
 * @param teller lets a listener hear of crossings from now on
 */
public record FenceSource(Supplier<Fences> current, Consumer<CrossingListener> teller) {
    /** No fences. */
    public static final FenceSource NONE = new FenceSource(() -> Fences.NONE, listener -> {});
}
