package dev.proxyherd.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;

/**
 * Makes a key pair and a certificate that it signs itself. The JDK can do that by its keytool only, which costs a process and
 * is missing in a runtime of jlink; one certificate of one form (RFC 5280) is little to write.
 */
public final class SelfSigned {
    private static final int SERIAL_BITS = 120;
    private static final byte[] ECDSA_WITH_SHA256 =
            Der.value(Der.SEQUENCE, Der.oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));
    private static final byte[] COMMON_NAME = Der.oid(0x55, 0x04, 0x03);
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.oid(0x55, 0x1D, 0x11);

    /** From before any clock that is wrong to what RFC 5280 writes for no end: these dates say nothing. */
    private static final byte[] VALIDITY = Der.value(Der.SEQUENCE, Der.text(Der.UTC_TIME, "000101000000Z"),
            Der.text(Der.GENERALIZED_TIME, "99991231235959Z"));

    private static final byte[] V3 =
            Der.value(Der.CONTEXT | Der.CONSTRUCTED, Der.value(Der.INTEGER, new byte[] {2}));

    private SelfSigned() {
    }

    /** @param name ASCII; the certificate is for it, and for localhost */
    public static Identity make(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] content = content(name, pair.getPublic().getEncoded());
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            byte[] der = Der.value(Der.SEQUENCE, content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            return new Identity(pair.getPrivate(), List.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has ECDSA on P-256", e);
        }
    }

    private static byte[] content(String name, byte[] publicKey) {
        byte[] subject = Der.value(Der.SEQUENCE, Der.value(Der.SET,
                Der.value(Der.SEQUENCE, COMMON_NAME, Der.text(Der.UTF8_STRING, name))));
        byte[] names = Der.value(Der.SEQUENCE, Der.text(Der.CONTEXT | 2, name), Der.text(Der.CONTEXT | 2, "localhost"));
        byte[] extension = Der.value(Der.SEQUENCE, SUBJECT_ALTERNATIVE_NAME, Der.value(Der.OCTET_STRING, names));
        byte[] serial = new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE).toByteArray();
        return Der.value(Der.SEQUENCE, V3, Der.value(Der.INTEGER, serial), ECDSA_WITH_SHA256, subject, VALIDITY,
                subject, publicKey, Der.value(Der.CONTEXT | Der.CONSTRUCTED | 3, Der.value(Der.SEQUENCE, extension)));
    }
}
