package dev.proxyherd.server.files;

import dev.proxyherd.io.FileReason;
import dev.proxyherd.io.OwnerOnly;
import dev.proxyherd.link.handshake.Passphrase;
import dev.proxyherd.link.handshake.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The file that holds a herd's secret. */
public final class SecretFile {
    private static final int SECRET_BYTES = 32;

    private static final Set<PosixFilePermission> NOT_READERS = EnumSet.of(PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private SecretFile() {
    }

    /**
     * @param derivation gives the key of a secret that is none itself
     * @throws IOException if there is no usable secret in the file; the message says what to do
     */
    public static Secret read(Path path, Function<Passphrase, byte[]> derivation) throws IOException {
        try {
            return Secret.of(Files.readAllBytes(path), derivation);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + ": " + e.getMessage() + "; put a longer one there", e);
        } catch (IOException e) {
            throw new IOException(path + ": the secret cannot be read: " + FileReason.of(e), e);
        }
    }

    /**
     * Reads the secret in the file, or makes one first when there is no such file. It appears complete, readable by its
     * owner only, and never replaces one that is there: servers that start at once all get the same.
     */
    public static Secret readOrMake(Path path, Function<Passphrase, byte[]> derivation) throws IOException {
        if (!Files.exists(path)) {
            try {
                make(path);
            } catch (IOException e) {
                throw new IOException("cannot make a secret: " + FileReason.of(path, e), e);
            }
        }
        return read(path, derivation);
    }

    /**
     * What to warn of who uses the secret in this file; null if there is no such thing. That its group may read it is no
     * fault where this process may not write it: then it is another's, who lets servers read it by that.
     */
    public static @Nullable String warning(Path path) {
        boolean isOpen =
                Files.isWritable(path) ? OwnerOnly.isOpenToOthers(path) : OwnerOnly.mayOthers(path, NOT_READERS);
        return isOpen
                ? "not only its owner may read or change the secret in " + path
                        + ": whoever can read it can join the herd; chmod 600 " + path
                : null;
    }

    private static void make(Path path) throws IOException {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file's folder");
        OwnerOnly.makeFolder(folder);
        Path draft = OwnerOnly.draft(folder, "secret");
        try {
            Files.writeString(draft, HexFormat.of().formatHex(secret) + '\n');
            // A link, unlike a move, fails when the name is taken.
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException anotherServerWasFirst) {
            // Its secret is the one to use.
        } finally {
            Files.delete(draft);
        }
    }
}
