package dev.proxyherd.gateway;

import dev.proxyherd.fences.CrossingListener;
import dev.proxyherd.fences.Fences;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the API shows of fences.
 *
 * @param current the fences that are followed now
 * @param teller lets a listener hear of crossings from now on
 * @param told how many crossings were told
 * @param skipped how many reports were passed over for newer ones of their clients
 */
public record FenceSource(Supplier<Fences> current, Consumer<CrossingListener> teller, LongSupplier told,
        LongSupplier skipped) {
    /** No fences. */
    public static final FenceSource NONE = new FenceSource(() -> Fences.NONE, listener -> {}, () -> 0, () -> 0);
}
