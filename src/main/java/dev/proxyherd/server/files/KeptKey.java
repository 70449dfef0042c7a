package dev.proxyherd.server.files;

import dev.proxyherd.io.FileReason;
import dev.proxyherd.io.OwnerOnly;
import dev.proxyherd.link.handshake.Passphrase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file where the key that was derived from a secret is kept, so that only the first start takes that long. It holds a
 * line of the key and of what shows that it is this secret's: a file that is damaged, planted, or of the secret before is
 * not believed. Whatever thread derives the key, once, at the start.
 */
public final class KeptKey implements Function<Passphrase, byte[]> {
    /** Its name in the state folder. */
    public static final String NAME = "secret-key";

    private static final Pattern CONTENT = Pattern.compile("herd key ([0-9a-f]{64}) ([0-9a-f]{64})\n");
    private static final int MAX_BYTES = 1024;

    private final Path file;
    private final boolean keeps;
    private final Consumer<String> warnings;

    /**
     * @param folder the state folder
     * @param keeps whether a key that is not there is put there
     * @param warnings takes what a person should know
     */
    public KeptKey(Path folder, boolean keeps, Consumer<String> warnings) {
        this.file = folder.resolve(NAME);
        this.keeps = keeps;
        this.warnings = warnings;
    }

    /** The key of a secret: the one that is kept if it is that, else derived anew. */
    @Override
    public byte[] apply(Passphrase secret) {
        byte[] kept = find(secret);
        if (kept != null) {
            return kept;
        }
        byte[] key = secret.key();
        if (keeps) {
            keep(key, secret.check(key));
        }
        return key;
    }

    private byte @Nullable [] find(Passphrase secret) {
        String fault;
        try {
            if (keeps && Files.isRegularFile(file) && OwnerOnly.isOpenToOthers(file)) {
                OwnerOnly.tighten(file);
                warnings.accept("not only its owner could read or change the key in " + file + "; it is closed now ("
                        + "whoever has read it can join the herd until all servers have another secret)");
            }
            if (Files.size(file) > MAX_BYTES) {
                fault = "is none";
            } else {
                Matcher content = CONTENT.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
                byte[] key = content.matches() ? HexFormat.of().parseHex(content.group(1)) : null;
                if (key != null
                        && MessageDigest.isEqual(secret.check(key), HexFormat.of().parseHex(content.group(2)))) {
                    return key;
                }
                fault = key == null ? "is none" : "is of another secret, or damaged";
            }
        } catch (NoSuchFileException firstStart) {
            return null;
        } catch (IOException e) {
            fault = "cannot be read: " + FileReason.of(e);
        }
        warnings.accept("the key in " + file + ' ' + fault + "; it is derived from the secret anew");
        return null;
    }

    /** It appears complete, readable by its owner only. */
    private void keep(byte[] key, byte[] check) {
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file's folder");
            OwnerOnly.makeFolder(folder);
            Path draft = OwnerOnly.draft(folder, NAME);
            try {
                Files.writeString(draft,
                        "herd key " + HexFormat.of().formatHex(key) + ' ' + HexFormat.of().formatHex(check) + '\n');
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            warnings.accept("the key derived from the secret cannot be kept, so each start derives it anew: "
                    + FileReason.of(file, e));
        }
    }
}
