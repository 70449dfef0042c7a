package dev.proxyherd.cli.plan;

import dev.proxyherd.cli.options.TopologyOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The topology file that a command is about, named as other commands name it, or just so. */
final class FileArgument {
    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The topology file, instead of --topology.")
    @Nullable
    Path file;

    @Mixin
    private TopologyOption option;

    /** The file, also where nobody named one. */
    TopologyOption chosen() {
        if (file == null) {
            return option;
        }
        TopologyOption named = new TopologyOption();
        named.file = file;
        return named;
    }

    /** The file that the command line or the environment names, or null. */
    @Nullable
    TopologyOption named() {
        TopologyOption chosen = chosen();
        return chosen.file == null ? null : chosen;
    }
}
