package dev.proxyherd.server;

import dev.proxyherd.link.seal.LinkTls;
import dev.proxyherd.tls.TlsFiles;
import dev.proxyherd.topology.ServerAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How servers use TLS.
 *
 * @param links which links are in TLS
 * @param files certificate, key and authorities; null where each server makes itself a certificate
 * @param listen where servers, by their names, accept clients in TLS
 * @param http whether HTTP ports are HTTPS
 */
public record TlsSettings(LinkTls links, @Nullable TlsFiles files, Map<String, ServerAddress> listen,
        boolean http) {
    /** What servers use that are told nothing. */
    public static final TlsSettings STANDARD = new TlsSettings(LinkTls.AUTO, null, Map.of(), false);

    public TlsSettings {
        listen = Map.copyOf(listen);
    }
}
