package dev.proxyherd.cli.options;

import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.server.files.KeptKey;
import dev.proxyherd.server.files.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The herd's secret, and the folder where servers keep one that nobody gave. */
public final class SecretOption {
    private static final String VARIABLE = "HERD_SECRET";

    @Option(names = "--state-dir", paramLabel = "DIR", defaultValue = "state",
            description = "Where servers keep their files (default: ${DEFAULT-VALUE} in the current folder).")
    Path stateDir;

    @Option(names = "--secret-file", paramLabel = "FILE",
            description = "A file with the herd's secret, at least 16 bytes (default: the variable HERD_SECRET, "
                    + "else a secret made in the state folder).")
    private @Nullable Path secretFile;

    /** Whether somebody has given a secret. */
    public boolean isGiven() {
        return secretFile != null || System.getenv(VARIABLE) != null;
    }

    private @Nullable Secret given(KeptKey key) throws CliException {
        try {
            if (secretFile != null) {
                return SecretFile.read(secretFile, key);
            }
            String fromEnvironment = System.getenv(VARIABLE);
            return fromEnvironment == null ? null : Secret.of(fromEnvironment.getBytes(StandardCharsets.UTF_8), key);
        } catch (IOException e) {
            throw new CliException(e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new CliException("HERD_SECRET: " + e.getMessage());
        }
    }

    /**
     * The secret that was given, or the one in the state folder, made if there is none. A key derived from it is kept there.
     *
     * @param warnings takes what a person should know of that, on whatever thread
     */
    public Secret givenOrMade(Consumer<String> warnings) throws CliException {
        try {
            KeptKey key = new KeptKey(stateDir(), true, warnings);
            Secret given = given(key);
            return given != null ? given : SecretFile.readOrMake(stateFile(), key);
        } catch (IOException e) {
            throw new CliException(e.getMessage());
        }
    }

    /** The secret that was given, or the one in the state folder; nothing there is changed. */
    public Secret givenOrFound() throws CliException {
        try {
            KeptKey key = new KeptKey(stateDir(), false, warning -> {});
            Secret given = given(key);
            return given != null ? given : SecretFile.read(stateFile(), key);
        } catch (IOException e) {
            throw new CliException(e.getMessage() + "; run this where the servers run, name their folder with "
                    + "--state-dir, or give the secret with HERD_SECRET or --secret-file");
        }
    }

    /** Where the secret comes from; null where it is no file. */
    public @Nullable Path file() throws CliException {
        if (secretFile != null) {
            return secretFile;
        }
        return System.getenv(VARIABLE) == null ? stateFile() : null;
    }

    private Path stateFile() throws CliException {
        return stateDir().resolve("secret");
    }

    /** Where servers keep their files. */
    public Path stateDir() throws CliException {
        CliException.unless(!stateDir.toString().isEmpty(), "--state-dir is empty; name a folder, or . for this one");
        return stateDir;
    }
}
