package dev.proxyherd.mqtt;

import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Reports;
import dev.proxyherd.store.UpdateListener;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a server lends to its connection with a broker.
 *
 * @param server its name
 * @param key of the herd's, for nobody else
 * @param doors how reports come in, of which a listener is not told
 * @param rights what the token of a name may do
 */
public record MqttParts(String server, byte[] key, LocationStore store, Expiry expiry, Doors doors,
        Function<String, Rights> rights, TrafficLog log) {

    /** Lets reports in, and a listener know of what has come in otherwise. */
    public interface Doors {
        /** From now on the listener is told of what wins. */
        void tell(UpdateListener listener);

        /** A way in of which the listener is told nothing: what comes from it must not go back to it. */
        Reports besides(@Nullable UpdateListener listener);
    }
}
