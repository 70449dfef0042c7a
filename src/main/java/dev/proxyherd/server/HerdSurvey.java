package dev.proxyherd.server;

import com.google.gson.Gson;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.inquiry.InquiryClient;
import dev.proxyherd.log.Endless;
import dev.proxyherd.log.Faults;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.ClockReading;
import dev.proxyherd.status.HerdFaults;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.store.Clocks;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/** Asks all servers of a topology at once, each with a limit of its own, over the read-only role of the handshake. */
public final class HerdSurvey {
    private final Topology topology;
    private final Secret secret;
    private final Duration limit;
    private final InstantSource clock;
    private final ThreadFactory threads;

    /**
     * One server's answer.
     *
     * @param status null when it did not answer
     * @param clock how its clock differs from the one here; null when it did not answer
     * @param failure why it did not, or null
     */
    public record Found(String name, ServerAddress address, ServerStatus status, ClockReading clock, String failure) {
    }

    private record Timed(ServerStatus status, ClockReading clock) {
    }

    /**
     * What one server holds for a client.
     *
     * @param arrivedNanos when it took that in, POSIX nanoseconds by its own clock; {@link Location#BEFORE_START} when it
     *     was there when the server started
     * @param line the AT line; null when it holds nothing, or did not answer
     * @param failure why it did not answer, or null
     */
    public record Traced(String name, long arrivedNanos, String line, String failure) {
    }

    private interface Question<T> {
        T ask(InquiryClient server) throws IOException;
    }

    private interface Answer<T, R> {
        R of(String name, T answer, String failure);
    }

    public HerdSurvey(Topology topology, Secret secret, Duration limit) {
        this(topology, secret, limit, InstantSource.system(), Thread.ofVirtual().factory());
    }

    /**
     * @param clock that of whoever asks
     * @param threads makes the threads that ask, one for each server
     */
    public HerdSurvey(Topology topology, Secret secret, Duration limit, InstantSource clock, ThreadFactory threads) {
        this.topology = topology;
        this.secret = secret;
        this.limit = limit;
        this.clock = clock;
        this.threads = threads;
    }

    /** How all servers are, in the topology's order. */
    public List<Found> status() throws InterruptedException {
        List<Found> found = status(0);
        long cutoff = found.stream()
                .filter(server -> server.status() != null)
                .mapToLong(server -> server.status().cutoffNanos())
                .max().orElse(0);
        return cutoff == 0 ? found : status(soon(cutoff));
    }

    /**
     * Where locations expire, servers drop the same ones at slightly different times: what one that has this cutoff drops
     * while all are asked is left out of all digests. It is no use where their clocks differ by more than is tolerated.
     */
    static long soon(long cutoffNanos) {
        return cutoffNanos == 0 ? 0 : cutoffNanos + Clocks.TOLERANCE.toNanos();
    }

    private List<Found> status(long cutoffNanos) throws InterruptedException {
        return status(topology.servers(), cutoffNanos);
    }

    /** How these servers are; locations of a client time before the cutoff are left out of their digests. */
    List<Found> status(Map<String, ServerAddress> servers, long cutoffNanos) throws InterruptedException {
        return askAll(servers, server -> time(server, cutoffNanos), (name, timed, failure) -> timed == null
                ? new Found(name, servers.get(name), null, null, failure)
                : new Found(name, servers.get(name), timed.status(), timed.clock(), null));
    }

    private Timed time(InquiryClient server, long cutoffNanos) throws IOException {
        long asked = Expiry.nanos(clock.instant());
        String answer = server.status(cutoffNanos);
        long answered = Expiry.nanos(clock.instant());
        ServerStatus status = read(answer);
        return new Timed(status, ClockReading.between(asked, answered, status.nowNanos()));
    }

    private static ServerStatus read(String json) throws IOException {
        ServerStatus status = new Gson().fromJson(json, ServerStatus.class);
        if (status == null || status.digest() == null || status.links() == null) {
            throw new IOException("its answer tells no digest and no links");
        }
        return status;
    }

    /**
     * Whether all servers answered and know the same. Where locations expire and clocks differ that cannot be told: what
     * some of them take for expired, digests leave out.
     */
    public static boolean isConverged(List<Found> servers) {
        boolean expires =
                servers.stream().anyMatch(server -> server.status() != null && server.status().cutoffNanos() != 0);
        return !(expires && HerdFaults.hasWrongClock(servers))
                && servers.stream().allMatch(server -> server.status() != null)
                && servers.stream().map(server -> server.status().digest()).distinct().count() == 1;
    }

    /** What all servers hold for a client, in the topology's order. */
    public List<Traced> trace(String client) throws InterruptedException {
        return askAll(topology.servers(), server -> server.trace(client), (name, answer, failure) -> {
            if (answer == null || answer.equals("-")) {
                return new Traced(name, 0, null, failure);
            }
            int space = answer.indexOf(' ');
            return new Traced(name, Long.parseLong(answer.substring(0, space)), answer.substring(space + 1), null);
        });
    }

    private <T, R> List<R> askAll(Map<String, ServerAddress> servers, Question<T> question, Answer<T, R> answer)
            throws InterruptedException {
        Sweeper sweeper = new Sweeper();
        Thread sweeping = Thread.ofVirtual().start(new Endless("sweeper", new Faults(fault -> {}), sweeper::round));
        try (ExecutorService asking = Executors.newThreadPerTaskExecutor(threads)) {
            List<Future<R>> asked = new ArrayList<>();
            servers.forEach((name, address) -> asked.add(asking.submit(ask(name, address, sweeper, question, answer))));
            List<R> results = new ArrayList<>();
            for (Future<R> one : asked) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            sweeping.interrupt();
        }
    }

    private <T, R> Callable<R> ask(
            String name, ServerAddress address, Sweeper sweeper, Question<T> question, Answer<T, R> answer) {
        return () -> {
            try (InquiryClient server = InquiryClient.connect(name, address, secret, limit, sweeper)) {
                return answer.of(name, question.ask(server), null);
            } catch (IOException e) {
                return answer.of(name, null, address + ": " + e.getMessage());
            } catch (RuntimeException e) {
                // A server of another build may answer what this one cannot read; that is no reason to hide the others.
                return answer.of(name, null, address + ": its answer cannot be read: " + e.getMessage());
            }
        };
    }
}
