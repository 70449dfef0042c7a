package dev.proxyherd.server;

import dev.proxyherd.io.LiveFile;
import dev.proxyherd.io.Seal;
import dev.proxyherd.net.Door;
import dev.proxyherd.rights.LiveTokens;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.tls.Authorities;
import dev.proxyherd.tls.CommonName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in TLS in that show a certificate of one of these authorities. They may do what the token may that is called as the
 * certificate's common name: nothing, while there is none.
 *
 * @param notes is told who comes that may do nothing
 */
record CertifiedClients(LiveFile<Authorities> authorities, LiveTokens tokens, InstantSource clock,
        Consumer<String> notes) implements Door {
    @Override
    public Supplier<Rights> admit(String peer, @Nullable Seal seal) throws IOException {
        if (seal == null) {
            throw new IOException("it is not in TLS, and a certificate is wanted here (--tls-client-ca)");
        }
        String objection = authorities.current().objectionToClient(seal.peer(), clock.instant());
        if (objection != null) {
            throw new IOException(objection);
        }
        String name = CommonName.of(seal.peer().getFirst());
        if (name == null) {
            throw new IOException("its certificate has no common name, or several, and a token's name is wanted there");
        }
        if (tokens.current().named(name) == null) {
            notes.accept(peer + " shows the certificate of '" + name.replaceAll("[^ -~]", "?")
                    + "', and there is no token of that name (--tokens): it may do nothing");
        }
        return () -> tokens.of(name);
    }
}
