package dev.proxyherd.packaging;

import dev.proxyherd.cli.BuiltClone;
import dev.proxyherd.cli.HerdProcess;
import dev.proxyherd.cli.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hosts with a network and a folder each, which have the herd's command on their path and run scripts of the shell. Closing
 * ends what still runs on them.
 */
final class Hosts implements AutoCloseable {
    private final Path dir;
    private final BuiltClone clone;
    private final Namespaces networks;
    private final Deque<HerdProcess> started = new ArrayDeque<>();
    private final AtomicInteger scripts = new AtomicInteger();

    /** Skips the test where no networks can be made. */
    Hosts(Path dir, String... names) throws IOException {
        this.dir = dir;
        networks = Namespaces.make(names);
        clone = BuiltClone.make(Files.createDirectory(dir.resolve("clone")));
        for (String name : names) {
            Files.createDirectory(folder(name));
        }
        Files.createDirectory(folder("switch"));
        // Makes the class archive, which takes a while of its own.
        run("switch", Map.of(), "herd --version");
    }

    /** Where scripts of a host run; {@code switch} is one that reaches all. */
    Path folder(String host) {
        return dir.resolve(host);
    }

    String address(String host) {
        return networks.addresses().get(host);
    }

    /** Starts a script of one command that goes on until it is stopped. */
    HerdProcess start(String host, Map<String, String> environment, String command) throws IOException {
        return script(host, environment, "exec " + command);
    }

    private HerdProcess script(String host, Map<String, String> environment, String text) throws IOException {
        Path file = Files.writeString(dir.resolve("script-" + scripts.incrementAndGet()), text + '\n');
        HerdProcess process = clone.start(folder(host), environment,
                "exec ip netns exec " + networks.space(host) + " bash -e " + file);
        started.push(process);
        return process;
    }

    /** Runs a script to its end, which must be a good one, and returns what it printed. */
    String run(String host, Map<String, String> environment, String text) throws IOException {
        HerdProcess process = script(host, environment, text);
        int code = process.exitCode();
        if (code != 0) {
            throw new AssertionError(
                    text + " on " + host + " exited with " + code + ": " + process.out() + process.err());
        }
        return process.out();
    }

    @Override
    public void close() {
        started.forEach(HerdProcess::close);
        networks.close();
    }
}
