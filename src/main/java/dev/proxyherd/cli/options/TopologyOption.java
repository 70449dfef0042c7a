package dev.proxyherd.cli.options;

import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import dev.proxyherd.topology.TopologyException;
import dev.proxyherd.topology.TopologyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which herd a command is about. */
public final class TopologyOption {
    private static final String FILE_NAME = "herd-topology.json";

    @Option(names = "--topology", paramLabel = "FILE",
            description = "The herd's topology file (default: " + FILE_NAME
                    + " in the current folder, else the shipped one).")
    public @Nullable Path file;

    public Topology read() throws CliException {
        try {
            return TopologyFile.read(path());
        } catch (TopologyException e) {
            throw new CliException(e.getMessage());
        }
    }

    /** The topology, or null where no file is named and none is found. */
    public @Nullable Topology readIfAny() throws CliException {
        return find() == null ? null : read();
    }

    /** The address of a server that a person has named. */
    public ServerAddress addressOf(String server, Topology herd) throws CliException {
        ServerAddress address = herd.servers().get(server);
        if (address == null) {
            throw new CliException(path() + ": there is no server '" + server + "'; the servers are "
                    + String.join(", ", herd.servers().keySet()));
        }
        return address;
    }

    public Path path() throws CliException {
        Path found = find();
        if (found == null) {
            throw new CliException(
                    "there is no " + FILE_NAME + " in the current folder; name one with --topology FILE");
        }
        return found;
    }

    private @Nullable Path find() {
        if (file != null) {
            return file;
        }
        Path here = Path.of(FILE_NAME);
        if (Files.exists(here)) {
            return here;
        }
        // bin/herd tells where it lives.
        String home = System.getProperty("herd.home");
        Path shipped = home == null ? null : Path.of(home, FILE_NAME);
        return shipped != null && Files.exists(shipped) ? shipped : null;
    }
}
