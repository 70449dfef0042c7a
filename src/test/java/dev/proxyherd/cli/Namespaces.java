package dev.proxyherd.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxyherd.server.SystemCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Networks of the kernel, one for each server, joined by a switch that is a network of its own; nothing of them touches
 * the machine's own network. Only root can make them, so tests are skipped where that cannot be. Closing deletes them.
 */
public final class Namespaces implements AutoCloseable {
    private final String prefix =
            "herd-test-" + ProcessHandle.current().pid() + '-' + ThreadLocalRandom.current().nextInt(10_000);
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final List<String> made = new ArrayList<>();
    private final Thread atExit = new Thread(this::deleteAll);

    private Namespaces() {
    }

    /** Makes a network for each name. */
    public static Namespaces make(String... names) {
        Namespaces spaces = new Namespaces();
        Runtime.getRuntime().addShutdownHook(spaces.atExit);
        try {
            spaces.add("switch");
            spaces.ipInSwitch("link", "add", "bridge", "type", "bridge");
            spaces.ipInSwitch("link", "set", "bridge", "up");
            spaces.ipInSwitch("addr", "add", "10.99.0.254/24", "dev", "bridge");
            for (String name : names) {
                spaces.join(name);
            }
            return spaces;
        } catch (RuntimeException e) {
            spaces.close();
            throw e;
        }
    }

    private void join(String name) {
        add(name);
        String address = "10.99.0." + (addresses.size() + 1);
        addresses.put(name, address);
        must("ip", "link", "add", "wire", "netns", space(name), "type", "veth", "peer", "name", port(name), "netns",
                space("switch"));
        must("ip", "-n", space(name), "addr", "add", address + "/24", "dev", "wire");
        must("ip", "-n", space(name), "link", "set", "lo", "up");
        must("ip", "-n", space(name), "link", "set", "wire", "up");
        ipInSwitch("link", "set", port(name), "master", "bridge");
        ipInSwitch("link", "set", port(name), "up");
    }

    private void add(String name) {
        must("ip", "netns", "add", space(name));
        made.add(space(name));
    }

    private void ipInSwitch(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "-n", space("switch")));
        all.addAll(List.of(command));
        must(all.toArray(String[]::new));
    }

    /** The network of a server, or the switch's, which reaches all that are not cut off. */
    public String space(String name) {
        return prefix + '-' + name;
    }

    private static String port(String name) {
        return "to" + name;
    }

    public Map<String, String> addresses() {
        return addresses;
    }

    /** Pulls a server's plug: nothing arrives any more, and nobody is told. */
    void cut(String name) {
        ipInSwitch("link", "set", port(name), "nomaster");
    }

    void heal(String name) {
        ipInSwitch("link", "set", port(name), "master", "bridge");
    }

    /** Lets packets to and from a server be late and get lost; the test is skipped where the kernel cannot do that. */
    void spoil(String name, String delay, String loss) {
        assumeTrue(
                SystemCommand.run("tc", "-n", space(name), "qdisc", "add", "dev", "wire", "root", "netem", "delay",
                        delay, "loss", loss)
                        && SystemCommand.run("tc", "-n", space("switch"), "qdisc", "add", "dev", port(name), "root",
                                "netem", "delay", delay, "loss", loss),
                "this kernel has no netem, so no packets can be lost or late here");
    }

    private static void must(String... command) {
        assumeTrue(SystemCommand.run(command), "no networks can be made here, which needs root and ip of iproute2: "
                + String.join(" ", command) + " failed");
    }

    private void deleteAll() {
        made.forEach(space -> SystemCommand.run("ip", "netns", "del", space));
    }

    @Override
    public void close() {
        deleteAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
