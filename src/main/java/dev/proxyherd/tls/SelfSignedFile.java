package dev.proxyherd.tls;

import dev.proxyherd.io.FileReason;
import dev.proxyherd.io.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The file where a server keeps the key pair that it has made itself, so that its certificate stays the same. One thread.
 *
 * @param name the server's
 * @param warnings takes what a person should know
 */
public record SelfSignedFile(Path file, String name, Consumer<String> warnings) {

    /** The pair in the file; one that is not there, or is damaged, is made anew. It can be used also where it cannot be kept. */
    public Identity readOrMake() {
        if (Files.exists(file)) {
            try {
                if (OwnerOnly.isOpenToOthers(file)) {
                    OwnerOnly.tighten(file);
                    warnings.accept(
                            "not only its owner could read or change the key in " + file + "; it is closed now");
                }
                return new TlsFiles(file, file, null).read().identity();
            } catch (IOException e) {
                warnings.accept("the key and certificate that this server has made itself are made anew: "
                        + e.getMessage());
            }
        }
        Identity made = SelfSigned.make(name);
        keep(made);
        return made;
    }

    /** The file appears complete, readable by its owner only. */
    private void keep(Identity made) {
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file's folder");
            Path draft = OwnerOnly.draft(folder, file.getFileName().toString());
            try {
                Files.writeString(draft, Pem.write("PRIVATE KEY", made.key().getEncoded())
                        + Pem.write("CERTIFICATE", made.chain().getFirst().getEncoded()));
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            warnings.accept("the key and certificate that this server has made itself cannot be kept: "
                    + FileReason.of(file, e));
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException("it was decoded a moment ago", e);
        }
    }
}
