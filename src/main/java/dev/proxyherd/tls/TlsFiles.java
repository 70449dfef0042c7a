package dev.proxyherd.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of a set.
 *
 * @param certificate the certificate of the key, then those of who issued it
 * @param key the private key; PKCS#8, not encrypted
 * @param authorities certificates of who may issue other ends'; null where any certificate is taken
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path authorities) {

    /** @throws IOException if one of them cannot be used, or they do not belong together; the message names the file */
    public TlsSet read() throws IOException {
        List<X509Certificate> chain = Pem.read(certificate).certificates();
        PrivateKey privateKey = KeyReader.read(Pem.read(key), key);
        if (!KeyReader.fits(privateKey, chain.getFirst().getPublicKey())) {
            throw new IOException("the key in " + key + " does not belong to the first certificate in " + certificate
                    + " (" + chain.getFirst().getSubjectX500Principal().getName() + ")");
        }
        return new TlsSet(new Identity(privateKey, chain),
                authorities == null ? null : Authorities.read(authorities));
    }

    /** What all files hold, wherever links lead, to be compared: neither times nor sizes tell every change. */
    byte[] content() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Pem.content(certificate));
        all.write('\n');
        all.writeBytes(Pem.content(key));
        if (authorities != null) {
            all.write('\n');
            all.writeBytes(Pem.content(authorities));
        }
        return all.toByteArray();
    }
}
