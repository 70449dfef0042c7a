package dev.proxyherd.cli;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The program in a process of its own, as a person starts it; what it prints goes to files in its folder. */
public final class HerdProcess implements AutoCloseable {
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final Process process;
    private final Path out;
    private final Path err;

    private HerdProcess(Path dir, String shellPrefix, Map<String, String> environment, Path input, String... arguments)
            throws IOException {
        this(dir, environment, input, command(shellPrefix, arguments));
    }

    private HerdProcess(Path dir, Map<String, String> environment, Path input, List<String> command)
            throws IOException {
        int number = STARTED.incrementAndGet();
        out = dir.resolve("out-" + number);
        err = dir.resolve("err-" + number);
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        builder.environment().keySet().removeIf(name -> name.startsWith("HERD_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    private static List<String> command(String shellPrefix, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", shellPrefix + "exec \"$@\"", "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m",
                "-cp", System.getProperty("java.class.path"), "dev.proxyherd.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a script of the shell, which finds bin/herd by itself. */
    static HerdProcess startScript(Path dir, Map<String, String> environment, String script) throws IOException {
        return new HerdProcess(dir, environment, null, List.of("sh", "-c", script));
    }

    /** Starts the program in this folder. */
    public static HerdProcess start(Path dir, String... arguments) throws IOException {
        return new HerdProcess(dir, "", Map.of(), null, arguments);
    }

    /** Starts the program with environment variables. */
    public static HerdProcess start(Path dir, Map<String, String> environment, String... arguments) throws IOException {
        return new HerdProcess(dir, "", environment, null, arguments);
    }

    /** Starts the program with a file as its standard input. */
    static HerdProcess startWithInput(Path dir, Path input, String... arguments) throws IOException {
        return new HerdProcess(dir, "", Map.of(), input, arguments);
    }

    /** Starts the program so that it can have this many files and sockets open. */
    static HerdProcess startWithFileLimit(Path dir, int files, String... arguments) throws IOException {
        return new HerdProcess(dir, "ulimit -n " + files + "; ", Map.of(), null, arguments);
    }

    /** Starts the program with so large a heap, such as 48m; it ends when that is full, as by bin/herd. */
    static HerdProcess startWithHeap(Path dir, String heap, String... arguments) throws IOException {
        List<String> command = command("", arguments);
        command.addAll(command.indexOf("-cp"), List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"));
        return new HerdProcess(dir, Map.of(), null, command);
    }

    /** Starts the program as bin/herd does for many clients, with so large a heap. */
    static HerdProcess startLarge(Path dir, String heap, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = command("", arguments);
        command.removeAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(command.indexOf("-cp"), List.of("-XX:+UseParallelGC", "-Xmx" + heap));
        return new HerdProcess(dir, environment, null, command);
    }

    /** Starts the program so that no file it writes can grow beyond so many blocks of 512 or 1,024 bytes. */
    public static HerdProcess startWithSizeLimit(Path dir, int blocks, String... arguments) throws IOException {
        return new HerdProcess(dir, "ulimit -f " + blocks + "; ", Map.of(), null, arguments);
    }

    /** Starts the program in a network namespace, with a file as its standard input, or what {@link #in} is given. */
    static HerdProcess startInNetwork(Path dir, String space, Path input, String... arguments) throws IOException {
        return startInNetwork(dir, space, null, input, arguments);
    }

    /** As before; from the jar of another build, if there is one. */
    static HerdProcess startInNetwork(Path dir, String space, Path jar, Path input, String... arguments)
            throws IOException {
        List<String> command = command("set -- ip netns exec " + space + " \"$@\"; ", arguments);
        if (jar != null) {
            command.set(command.indexOf("-cp") + 1, jar.toString());
        }
        return new HerdProcess(dir, Map.of(), input, command);
    }

    /** Waits until its servers are up. */
    public HerdProcess awaitUp() {
        AwaitProgress.until("the servers are up", process, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("it ended with " + process.exitValue() + ": " + err());
            }
            return out().contains("Ctrl-C stop");
        });
        return this;
    }

    /** Waits for its end, as long as it gets on, and returns its exit code. */
    public int exitCode() {
        AwaitProgress.until("the process has ended", process, () -> !process.isAlive());
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Its standard input, where that is no file. */
    OutputStream in() {
        return process.getOutputStream();
    }

    long pid() {
        return process.pid();
    }

    public String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    public String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    /** Sends a signal: TERM, INT, KILL, STOP, CONT. */
    public void signal(String name) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
