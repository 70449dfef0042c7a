import dev.proxyherd.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Makes what a package holds beside the jar, from the jar itself: a Java that has only what the jar and the libraries beside
 * it use, the manual's pages, the completion of the shell, and the list of all that is inside. The profile {@code package}
 * runs it, with the JDK that the runtime is to come from.
 */
final class Parts {
    private Parts() {
    }

    /** Arguments: the folder with herd.jar, the folder for the parts, the version, and the time that counts as now. */
    public static void main(String[] args) throws IOException {
        Path built = Path.of(args[0]);
        Path parts = Path.of(args[1]);
        Instant now = Instant.parse(args[3]);
        String modules = new TrimmedRuntime(built).link(parts.resolve("runtime"));
        CommandLine herd = Main.commandLine(Map.of());
        new ManualPages("herd " + args[2], now).write(herd, Files.createDirectories(parts.resolve("man")));
        Files.writeString(parts.resolve("completion"), AutoComplete.bash("herd", herd));
        Inventory.write(parts.resolve("maven.cdx.json"), modules, parts.resolve("herd.cdx.json"));
    }
}
