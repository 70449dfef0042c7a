import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A Java with the modules that a jar and the libraries beside it use.
 *
 * @param built the folder with herd.jar and, in lib/NAME, the libraries
 */
record TrimmedRuntime(Path built) {
    /**
     * What no class names: jcmd and the flight recorder, for whoever has to find out why a server does what it does, and
     * Kerberos, which Kafka's client asks for by the name of a class.
     */
    private static final Set<String> UNNAMED = Set.of("jdk.jcmd", "jdk.jfr", "jdk.security.auth");

    /** What classes name that are not used here: JTS can draw. */
    private static final Set<String> UNUSED = Set.of("java.desktop");

    /** Makes it there, in place of what is there; returns its modules' names, with spaces between. */
    String link(Path to) throws IOException {
        delete(to);
        Set<String> modules = new TreeSet<>(UNNAMED);
        for (Path jar : jars()) {
            modules.addAll(modulesOf(jar));
        }
        modules.removeAll(UNUSED);
        // Packages are compressed as a whole, and better so than file by file.
        run("jlink",
                List.of("--add-modules", String.join(",", modules), "--output", to.toString(), "--compress", "zip-0",
                        "--no-header-files", "--no-man-pages"));
        return Files.readAllLines(to.resolve("release")).stream().filter(line -> line.startsWith("MODULES="))
                .map(line -> line.replaceAll("^MODULES=|\"", "")).findFirst().orElseThrow();
    }

    private List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>(List.of(built.resolve("herd.jar")));
        Path libraries = built.resolve("lib");
        if (Files.isDirectory(libraries)) {
            try (Stream<Path> files = Files.walk(libraries)) {
                files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
            }
        }
        return jars;
    }

    private static List<String> modulesOf(Path jar) {
        return List.of(run("jdeps", List.of("--print-module-deps", "--ignore-missing-deps", "--multi-release",
                String.valueOf(Runtime.version().feature()), jar.toString())).strip().split(","));
    }

    private static String run(String tool, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = ToolProvider.findFirst(tool).orElseThrow().run(new PrintWriter(out), new PrintWriter(err),
                arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException(tool + ' ' + arguments + " has failed: " + out + err);
        }
        return out.toString();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
