package dev.proxyherd.gateway.request;

import dev.proxyherd.rights.Rights;
import java.util.function.BooleanSupplier;

/**
 * What whoever asks may do. Any thread may ask.
 *
 * @param rights as they were when the request came
 * @param stillHolds whether they are so now: a token may be removed, or stand for something else, while an answer goes on
 */
public record Permission(Rights rights, BooleanSupplier stillHolds) {
    /** To do everything, for good. */
    public static final Permission ALL = new Permission(Rights.ALL, () -> true);

    /** To do what everybody may. */
    public static final Permission NONE = new Permission(Rights.NONE, () -> true);
}
