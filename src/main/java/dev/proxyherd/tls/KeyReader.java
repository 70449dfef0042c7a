package dev.proxyherd.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Reads the private key of a PEM file, which is unencrypted PKCS#8, and makes sure that it is a certificate's. */
final class KeyReader {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final byte[] PROBE = {'h', 'e', 'r', 'd'};

    private KeyReader() {
    }

    /** @throws IOException if there is none that can be used; the message says how to mend that */
    static PrivateKey read(Pem pem, Path path) throws IOException {
        for (Pem.Block block : pem.blocks()) {
            String label = block.label();
            if (label.equals("PRIVATE KEY")) {
                return decode(pem.der(block), path);
            }
            if (label.equals("OPENSSH PRIVATE KEY")) {
                throw new IOException(
                        path + " holds a key of SSH; its owner makes one of PKCS#8 of it by: ssh-keygen -p -m PKCS8 -f "
                                + path);
            }
            if (label.endsWith("PRIVATE KEY")) {
                String fault = label.startsWith("ENCRYPTED") || block.text().contains("ENCRYPTED")
                        ? " holds an encrypted key, and nobody is there to type its passphrase"
                        : " holds a key of the older form " + label;
                throw new IOException(path + fault + "; write one of PKCS#8 beside it, without a passphrase, by: "
                        + "openssl pkcs8 -topk8 -nocrypt -in " + path + " -out " + path + ".pkcs8");
            }
        }
        throw new IOException(path + " holds no private key (a block that begins with -----BEGIN PRIVATE KEY-----)");
    }

    private static PrivateKey decode(byte[] pkcs8, Path path) throws IOException {
        try {
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
                } catch (InvalidKeySpecException another) {
                    // Its algorithm stands inside, and only the factory of that one reads it.
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has these algorithms", e);
        }
        throw new IOException(path + ": the private key is damaged, or neither RSA, EC nor Ed25519");
    }

    /** Whether what the key signs is what the certificate's key confirms. */
    static boolean fits(PrivateKey key, PublicKey certified) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException anotherKind) {
            return false;
        }
    }
}
