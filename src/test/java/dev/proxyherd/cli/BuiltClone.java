package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder like a clone of this project that has been built: bin/herd, the jar of the classes under test, and libraries beside it. */
public record BuiltClone(Path dir) {
    /** The folders beside the jar, and what lies there. */
    private static final Map<String, String> BESIDE =
            Map.of("fences", "jts-core-.*", "kafka", "(kafka-clients|slf4j-api|lz4-java)-.*");

    public static BuiltClone make(Path dir) throws IOException {
        Files.copy(Path.of("bin/herd"), Files.createDirectory(dir.resolve("bin")).resolve("herd"));
        jar(Files.createDirectory(dir.resolve("target")), "test");
        for (String library : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(library).getFileName().toString();
            for (Map.Entry<String, String> beside : BESIDE.entrySet()) {
                if (name.matches(beside.getValue())) {
                    Path folder = Files.createDirectories(dir.resolve("target/lib").resolve(beside.getKey()));
                    Files.copy(Path.of(library), folder.resolve(name));
                }
            }
        }
        return new BuiltClone(dir);
    }

    /** The classes under test as a build of this version; the folder is there. */
    static Path jar(Path folder, String version) throws IOException {
        Path manifest = folder.resolve("manifest");
        try (OutputStream out = Files.newOutputStream(manifest)) {
            manifest(version).write(out);
        }
        Path jar = folder.resolve("herd.jar");
        int failed =
                ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create", "--no-compress",
                        "--file", jar.toString(), "--manifest", manifest.toString(), "-C",
                        Path.of("target/classes").toString(), ".");
        assertThat(failed).isZero();
        return jar;
    }

    private static Manifest manifest(String version) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> entry.endsWith(".jar") && BESIDE.values().stream()
                                .noneMatch(Path.of(entry).getFileName().toString()::matches))
                        .map(entry -> Path.of(entry).toUri().toString()).collect(Collectors.joining(" ")));
        return manifest;
    }

    /** Runs a script there with this clone's bin on the path. */
    public HerdProcess start(Path where, Map<String, String> variables, String script) throws IOException {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("PATH", dir.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return HerdProcess.startScript(where, environment, script);
    }
}
