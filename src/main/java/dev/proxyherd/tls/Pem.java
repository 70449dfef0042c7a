package dev.proxyherd.tls;

import dev.proxyherd.io.FileReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM file (<a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>); what stands between them does not
 * count.
 */
final class Pem {
    /** Bundles of all authorities of the world have a quarter of this, in bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final Pattern EDGE = Pattern.compile("-----(BEGIN|END) ([A-Z0-9 ]{1,40})-----");

    private final Path path;
    private final List<Block> blocks;

    /**
     * One block.
     *
     * @param text what stands between its edges: headers, if it has any, and Base64
     */
    record Block(String label, String text) {
    }

    private Pem(Path path, List<Block> blocks) {
        this.path = path;
        this.blocks = blocks;
    }

    /** @throws IOException if it cannot be read, or a block has no end; the message names the file */
    static Pem read(Path path) throws IOException {
        return parse(path, content(path));
    }

    /** The bytes of a file that is not larger than such files are. */
    static byte[] content(Path path) throws IOException {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new IOException(path + " has more than " + MAX_BYTES + " bytes; a PEM file has fewer");
            }
            return Files.readAllBytes(path);
        } catch (java.nio.file.FileSystemException e) {
            throw new IOException(FileReason.of(path, e), e);
        }
    }

    /** @param path for messages */
    static Pem parse(Path path, byte[] content) throws IOException {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        Matcher edge = EDGE.matcher(text);
        while (edge.find()) {
            String label = edge.group(2);
            int start = edge.end();
            if (edge.group(1).equals("END") || !edge.find() || !edge.group().equals("-----END " + label + "-----")) {
                throw new IOException(
                        path + ": a " + label + " lacks its beginning or its end; is it only half there?");
            }
            blocks.add(new Block(label, text.substring(start, edge.start())));
        }
        return new Pem(path, List.copyOf(blocks));
    }

    List<Block> blocks() {
        return blocks;
    }

    /** All certificates, in the file's order. */
    List<X509Certificate> certificates() throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        for (Block block : blocks) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                found.add(certificate(block));
            }
        }
        if (found.isEmpty()) {
            throw new IOException(
                    path + " holds no certificate (a block that begins with -----BEGIN CERTIFICATE-----)");
        }
        return found;
    }

    private X509Certificate certificate(Block block) throws IOException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der(block)));
        } catch (CertificateException e) {
            throw new IOException(path + ": a certificate is damaged: " + e.getMessage(), e);
        }
    }

    byte[] der(Block block) throws IOException {
        try {
            return Base64.getDecoder().decode(block.text().replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new IOException(path + ": a " + block.label() + " is damaged: " + e.getMessage(), e);
        }
    }

    /** A block with its edges. */
    static String write(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }
}
