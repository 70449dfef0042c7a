package dev.proxyherd.cli.options;

import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.server.files.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The herd's secret, and the folder where servers keep one that nobody gave. */
public final class SecretOption {
    @Option(names = "--state-dir", paramLabel = "DIR", defaultValue = "state",
            description = "Where servers keep their files (default: ${DEFAULT-VALUE} in the current folder).")
    Path stateDir;

    @Option(names = "--secret-file", paramLabel = "FILE",
            description = "A file with the herd's secret, at least 16 bytes (default: the variable HERD_SECRET, "
                    + "else a secret made in the state folder).")
    private @Nullable Path secretFile;

    /** The secret that was given, or null. */
    public @Nullable Secret given() throws CliException {
        try {
            if (secretFile != null) {
                return SecretFile.read(secretFile);
            }
            String fromEnvironment = System.getenv("HERD_SECRET");
            return fromEnvironment == null ? null : Secret.of(fromEnvironment);
        } catch (IOException e) {
            throw new CliException(e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new CliException("HERD_SECRET: " + e.getMessage());
        }
    }

    /** The secret that was given, or the one in the state folder, made if there is none. */
    public Secret givenOrMade() throws CliException {
        try {
            Secret given = given();
            return given != null ? given : SecretFile.readOrMake(stateFile());
        } catch (IOException e) {
            throw new CliException(e.getMessage());
        }
    }

    /** The secret that was given, or the one in the state folder. */
    public Secret givenOrFound() throws CliException {
        try {
            Secret given = given();
            return given != null ? given : SecretFile.read(stateFile());
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
        return System.getenv("HERD_SECRET") == null ? stateFile() : null;
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
