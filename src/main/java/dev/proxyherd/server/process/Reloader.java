package dev.proxyherd.server.process;

import dev.proxyherd.log.Endless;
import dev.proxyherd.log.Faults;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.server.HerdServer;
import dev.proxyherd.server.Node;
import dev.proxyherd.server.Reloads;
import dev.proxyherd.server.ServerConfig;
import dev.proxyherd.status.ReloadStatus;
import dev.proxyherd.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topology file of a process again: when somebody asks one of its servers to, and by itself when the file's
 * content has changed, wherever links lead to it. All of that is done by one daemon thread, which a name service or a disk
 * may hold up; it owns what was last read. With any fault nothing changes, and each
 * look tries again: a name service may answer by then, or a port be free.
 */
public final class Reloader implements Reloads {
    /** How often the file is looked at; far below the 15 s after which a change is promised to count. */
    public static final Duration LOOK = Duration.ofSeconds(3);

    /** How long somebody who asks waits at most: host names may be looked up. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    private static final int MAX_WAITING = 64;
    private static final byte[] UNREADABLE = {};

    private final TopologySource source;
    private final List<HerdServer> running;
    private final Reading start;
    private final BlockingQueue<FutureTask<ReloadStatus>> asked = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Duration look;
    private volatile Reading current;

    /**
     * The looking thread's only. Null before its first look, for the file may have changed meanwhile, and after a fault, which
     * may have passed: then it is read in any case.
     */
    private byte @Nullable [] seen;

    /**
     * @param start what was read at the process's start
     * @param running the servers of the process; it may grow
     */
    public Reloader(TopologySource source, Reading start, List<HerdServer> running) {
        this(source, start, running, LOOK);
    }

    Reloader(TopologySource source, Reading start, List<HerdServer> running, Duration look) {
        this.source = source;
        this.start = start;
        this.current = start;
        this.running = running;
        this.look = look;
    }

    /**
     * Starts to look, now that the servers run.
     *
     * @param faults is told what the thread survives
     */
    public void begin(Faults faults) {
        Thread.ofPlatform().daemon().name("reload").start(new Endless("reload", faults, this::round));
    }

    /** The herd as it was last read without fault. */
    public Topology topology() {
        return current.topology();
    }

    @Override
    public ReloadStatus reload(String server, boolean dry) {
        FutureTask<ReloadStatus> task = new FutureTask<>(() -> reload(List.of(server(server)), dry).getFirst());
        if (!asked.offer(task)) {
            return fault("many ask for that already; ask again");
        }
        try {
            return task.get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return fault("this server is stopping");
        } catch (TimeoutException e) {
            return fault("reading the file again takes long, and goes on; see herd status");
        } catch (ExecutionException e) {
            return fault("a fault of the program, " + e.getCause());
        }
    }

    private boolean round() throws InterruptedException {
        FutureTask<ReloadStatus> next = asked.poll(look.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null) {
            next.run();
            return true;
        }
        byte[] content = content();
        if (!Arrays.equals(seen, content)) {
            seen = isWithoutFault(reload(running, false)) ? content : null;
        }
        return true;
    }

    private byte @Nullable [] content() {
        try {
            return Files.readAllBytes(source.file());
        } catch (IOException told) {
            // One that may be read and cannot be opened is no other than before: file descriptors are out, say. Else whoever
            // reads it in earnest says why it cannot be read.
            return Files.isReadable(source.file()) ? seen : UNREADABLE;
        }
    }

    private HerdServer server(String name) {
        return running.stream().filter(one -> one.config().name().toString().equals(name)).findFirst().orElseThrow();
    }

    /** Reads once, and lets each of these servers change as that says. */
    private List<ReloadStatus> reload(List<HerdServer> servers, boolean dry) {
        Reading next;
        try {
            next = source.read();
        } catch (IOException e) {
            return servers.stream().map(server -> tell(server, fault(String.valueOf(e.getMessage())), dry)).toList();
        }
        List<ReloadStatus> all = servers.stream().map(server -> tell(server, apply(server, next, dry), dry)).toList();
        if (!dry && isWithoutFault(all)) {
            current = next;
        }
        return all;
    }

    private static boolean isWithoutFault(List<ReloadStatus> all) {
        return all.stream().allMatch(one -> one.fault() == null);
    }

    private static ReloadStatus tell(HerdServer server, ReloadStatus reload, boolean dry) {
        if (!dry) {
            server.noteReload(reload);
        }
        return reload;
    }

    private ReloadStatus apply(HerdServer server, Reading next, boolean dry) {
        ServerConfig config = server.config();
        Node node = next.nodes().get(config.name().toString());
        if (node == null) {
            return fault(source.file() + " has no server '" + config.name()
                    + "' any more, and its neighbours will end their links; stop it, or put it back");
        }
        List<String> changes = new ArrayList<>(node.changesSince(config.node()));
        ClientLimits limits = next.limits();
        changes.addAll(limits.changesSince(config.settings().limits()));
        if (!dry && !changes.isEmpty()) {
            try {
                server.change(node, limits);
            } catch (IOException e) {
                return fault(String.valueOf(e.getMessage()));
            }
        }
        return new ReloadStatus(now(), changes, next.restartNeeded(start), next.overruledSince(start), null);
    }

    private ReloadStatus fault(String text) {
        return ReloadStatus.ofFault(now(), text);
    }

    private long now() {
        return running.getFirst().config().context().clock().millis();
    }
}
