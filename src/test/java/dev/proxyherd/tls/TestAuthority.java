package dev.proxyherd.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** An authority that issues certificates for tests: of any names, dates and usages. */
public final class TestAuthority {
    private static final byte[] ECDSA_WITH_SHA256 =
            Der.value(Der.SEQUENCE, Der.oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));
    private static final byte[] BASIC_CONSTRAINTS = Der.oid(0x55, 0x1D, 0x13);
    private static final byte[] NAMES = Der.oid(0x55, 0x1D, 0x11);
    private static final byte[] KEY_USAGE = Der.oid(0x55, 0x1D, 0x0F);
    private static final byte[] EXTENDED_USAGE = Der.oid(0x55, 0x1D, 0x25);
    private static final byte[] SERVER_AUTH = Der.oid(0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01);
    private static final byte[] CLIENT_AUTH = Der.oid(0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02);
    private static final byte[] CODE_SIGNING = Der.oid(0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x03);
    private static final byte[] TRUE = {0x01, 0x01, (byte) 0xFF};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int GENERALIZED_TIME = Der.GENERALIZED_TIME;

    private final String name;
    private final KeyPair keys = newKeys();
    private final List<X509Certificate> chain = new ArrayList<>();

    /** Made anew at each call of {@link #issue}; says what the certificate is like. */
    public static final class Wanted {
        private final List<byte[]> names = new ArrayList<>();
        private final List<byte[]> extensions = new ArrayList<>();
        private Instant from = Instant.now().minus(Duration.ofDays(1));
        private Instant to = Instant.now().plus(Duration.ofDays(90));

        public Wanted dns(String dns) {
            names.add(Der.text(Der.CONTEXT | 2, dns));
            return this;
        }

        public Wanted ip(String address) throws IOException {
            names.add(Der.value(Der.CONTEXT | 7, InetAddress.getByName(address).getAddress()));
            return this;
        }

        public Wanted valid(Instant start, Instant end) {
            from = start;
            to = end;
            return this;
        }

        public Wanted serverAuth() {
            return extended(SERVER_AUTH);
        }

        public Wanted clientAuth() {
            return extended(CLIENT_AUTH);
        }

        public Wanted codeSigning() {
            return extended(CODE_SIGNING);
        }

        private Wanted extended(byte[] usage) {
            extensions.add(extension(EXTENDED_USAGE, TRUE, Der.value(Der.SEQUENCE, usage)));
            return this;
        }

        /** For agreeing on keys only, not for signing. */
        public Wanted keyAgreement() {
            extensions.add(extension(KEY_USAGE, TRUE, Der.value(Der.BIT_STRING, new byte[] {3, 0x08})));
            return this;
        }

        private Wanted authority() {
            extensions.add(extension(BASIC_CONSTRAINTS, TRUE, Der.value(Der.SEQUENCE, TRUE)));
            return this;
        }
    }

    /** A root. */
    public TestAuthority(String name) {
        this.name = name;
        chain.add(sign(name, keys.getPublic(), name, keys.getPrivate(), new Wanted().authority()));
    }

    private TestAuthority(String name, Wanted wanted) {
        this.name = name;
        chain.add(sign(name, keys.getPublic(), name, keys.getPrivate(), wanted));
    }

    /** None in truth: a server's self-signed certificate, whose key signs others as if it might. */
    public static TestAuthority withServersCertificate(String name) {
        return new TestAuthority(name, new Wanted().dns(name));
    }

    private TestAuthority(String name, TestAuthority above) {
        this.name = name;
        chain.add(sign(name, keys.getPublic(), above.name, above.keys.getPrivate(), new Wanted().authority()));
        chain.addAll(above.chain);
    }

    /** One that this one has certified. */
    public TestAuthority below(String belowName) {
        return new TestAuthority(belowName, this);
    }

    /** Its own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** A new key and its certificate, then the certificates of intermediate authorities. */
    public Identity issue(String subject, Wanted wanted) {
        KeyPair pair = newKeys();
        List<X509Certificate> all = new ArrayList<>();
        all.add(sign(subject, pair.getPublic(), name, keys.getPrivate(), wanted));
        all.addAll(chain.subList(0, chain.size() - 1));
        return new Identity(pair.getPrivate(), all);
    }

    /** Issues one for a name, and writes it, its key and this authority to PEM files in a folder. */
    public TlsFiles files(Path folder, String dns) throws IOException {
        return write(folder, issue(dns, new Wanted().dns(dns)));
    }

    /** Writes an identity and this authority to PEM files in a folder; those that are there are replaced. */
    public TlsFiles write(Path folder, Identity identity) throws IOException {
        Files.createDirectories(folder);
        TlsFiles files = new TlsFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), folder.resolve("ca.crt"));
        Files.writeString(files.key(), Pem.write("PRIVATE KEY", identity.key().getEncoded()));
        Files.writeString(files.certificate(), pem(identity.chain()));
        Files.writeString(files.authorities(), pem(List.of(chain.getLast())));
        return files;
    }

    public static String pem(List<X509Certificate> certificates) {
        StringBuilder all = new StringBuilder();
        try {
            for (X509Certificate one : certificates) {
                all.append(Pem.write("CERTIFICATE", one.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return all.toString();
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] extension(byte[]... parts) {
        byte[][] all = parts.clone();
        all[all.length - 1] = Der.value(Der.OCTET_STRING, parts[parts.length - 1]);
        return Der.value(Der.SEQUENCE, all);
    }

    private static byte[] named(String name) {
        return Der.value(Der.SEQUENCE, Der.value(Der.SET,
                Der.value(Der.SEQUENCE, Der.oid(0x55, 0x04, 0x03), Der.text(Der.UTF8_STRING, name))));
    }

    private static X509Certificate sign(String subject, PublicKey key, String issuer, PrivateKey by, Wanted wanted) {
        List<byte[]> extensions = new ArrayList<>(wanted.extensions);
        if (!wanted.names.isEmpty()) {
            extensions.add(extension(NAMES, Der.value(Der.SEQUENCE, wanted.names.toArray(new byte[0][]))));
        }
        byte[] validity = Der.value(Der.SEQUENCE, Der.text(GENERALIZED_TIME, TIME.format(wanted.from)),
                Der.text(GENERALIZED_TIME, TIME.format(wanted.to)));
        byte[] version = Der.value(Der.CONTEXT | Der.CONSTRUCTED, Der.value(Der.INTEGER, new byte[] {2}));
        byte[] serial = new BigInteger(64, new SecureRandom()).add(BigInteger.ONE).toByteArray();
        byte[] head = Der.value(Der.INTEGER, serial);
        byte[] all = Der.value(Der.SEQUENCE, extensions.toArray(new byte[0][]));
        byte[] content = extensions.isEmpty()
                ? Der.value(Der.SEQUENCE, version, head, ECDSA_WITH_SHA256, named(issuer), validity, named(subject),
                        key.getEncoded())
                : Der.value(Der.SEQUENCE, version, head, ECDSA_WITH_SHA256, named(issuer), validity, named(subject),
                        key.getEncoded(), Der.value(Der.CONTEXT | Der.CONSTRUCTED | 3, all));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(by);
            signature.update(content);
            byte[] der = Der.value(Der.SEQUENCE, content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
