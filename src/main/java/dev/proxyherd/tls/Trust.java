package dev.proxyherd.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Who may have issued the certificates of servers that are no herd's, for libraries that speak TLS themselves. */
public final class Trust {
    private Trust() {
    }

    /**
     * Those in a PEM file.
     *
     * @param authorities null for those that Java trusts
     * @throws IOException if there is no certificate in the file, or one is damaged; the message names the file
     */
    public static TrustManagerFactory of(@Nullable Path authorities) throws IOException {
        try {
            KeyStore store = null;
            if (authorities != null) {
                store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                int count = 0;
                for (X509Certificate one : Pem.read(authorities).certificates()) {
                    store.setCertificateEntry(String.valueOf(count++), one);
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PKIX", e);
        }
    }
}
