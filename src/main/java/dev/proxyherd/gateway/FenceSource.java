package dev.proxyherd.gateway;

import dev.proxyherd.fences.CrossingListener;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.hooks.HookStatus;
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
 * @param webhooks how it goes with sending them
 */
public record FenceSource(Supplier<Fences> current, Consumer<CrossingListener> teller, LongSupplier told,
        LongSupplier skipped, Supplier<HookStatus> webhooks) {
    /** No fences. */
    public static final FenceSource NONE = new FenceSource(() -> Fences.NONE, listener -> {}, () -> 0, () -> 0,
            () -> HookStatus.NONE);
}
