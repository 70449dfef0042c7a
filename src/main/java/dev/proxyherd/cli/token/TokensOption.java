package dev.proxyherd.cli.token;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.rights.TokenEdit;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file of tokens that a command is about. */
final class TokensOption {
    @Option(names = "--tokens", paramLabel = "FILE", description = "The file of tokens, the one that servers are given.")
    private @Nullable Path file;

    Path file() throws CliException {
        if (file == null) {
            throw new CliException("name the file of tokens with --tokens FILE, or in the variable HERD_TOKENS");
        }
        return file;
    }

    void change(TokenEdit.Change change) throws CliException, InterruptedException {
        try {
            TokenEdit.change(file(), change);
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }
}
