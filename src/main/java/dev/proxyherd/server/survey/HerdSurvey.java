package dev.proxyherd.server.survey;

import dev.proxyherd.io.Sweeper;
import dev.proxyherd.link.handshake.RefusedException;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.inquiry.InquiryClient;
import dev.proxyherd.log.Endless;
import dev.proxyherd.log.Faults;
import dev.proxyherd.protocol.LinkMessage.Role;
import dev.proxyherd.status.ClockReading;
import dev.proxyherd.status.Clocks;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.ReloadJson;
import dev.proxyherd.status.ServerAnswer;
import dev.proxyherd.status.ServerAnswer.Failure;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.status.StatusJson;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;

/** Asks all servers of a topology at once, each with a limit of its own, over the read-only role of the handshake. */
public final class HerdSurvey {
    private final Topology topology;
    private final Secret secret;
    private final Duration limit;
    private final InstantSource clock;
    private final ThreadFactory threads;

    /** Talks to one server. */
    private interface Question<R> {
        R ask(String name, InquiryClient server) throws IOException;
    }

    public HerdSurvey(Topology topology, Secret secret, Duration limit) {
        this(topology, secret, limit, InstantSource.system(), Thread.ofVirtual().factory());
    }

    /**
     * @param limit how long each server may take to answer
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

    /** The names of all servers, in the topology's order. */
    public Set<String> servers() {
        return topology.servers().keySet();
    }

    /** How the herd is, as somebody outside it sees it; the servers in the topology's order. */
    public HerdStatus status() throws InterruptedException {
        Collection<String> all = topology.servers().keySet();
        List<ServerAnswer> answers = status(all, 0);
        long cutoff = newestCutoff(answers);
        return new HerdStatus(null, cutoff == 0 ? answers : status(all, soon(cutoff)));
    }

    /** How these servers are; locations of a client time before the cutoff are left out of their digests. */
    public List<ServerAnswer> status(Collection<String> servers, long cutoffNanos) throws InterruptedException {
        return askAll(Role.STATUS, servers, (name, server) -> status(name, server, cutoffNanos),
                (name, failure) -> ServerAnswer
                        .none(name, address(name), Objects.requireNonNull(topology.neighbours().get(name)), failure));
    }

    /** The newest time before which one of the servers has dropped locations; 0 when none does. */
    public static long newestCutoff(Collection<ServerAnswer> answers) {
        long newest = 0;
        for (ServerAnswer answer : answers) {
            newest = answer.status() == null ? newest : Math.max(newest, answer.status().cutoffNanos());
        }
        return newest;
    }

    /**
     * Where locations expire, servers drop the same ones at slightly different times: what one that has this cutoff drops
     * while all are asked is left out of all digests. It is no use where their clocks differ by more than is tolerated.
     */
    public static long soon(long cutoffNanos) {
        return cutoffNanos == 0 ? 0 : cutoffNanos + Clocks.TOLERANCE.toNanos();
    }

    private ServerAnswer status(String name, InquiryClient server, long cutoffNanos) throws IOException {
        long asked = Expiry.nanos(clock.instant());
        String answer = server.status(cutoffNanos);
        long answered = Expiry.nanos(clock.instant());
        ServerStatus status = StatusJson.read(answer);
        return ServerAnswer.of(name, address(name), status,
                ClockReading.between(asked, answered, status.nowNanos()));
    }

    /** What all servers hold for a client, in the topology's order. */
    public List<TracedClient> trace(String client) throws InterruptedException {
        return askAll(Role.STATUS, topology.servers().keySet(),
                (name, server) -> TracedClient.parse(name, server.trace(client)),
                (name, failure) -> new TracedClient(name, 0, null, failure.reason()));
    }

    /**
     * Lets these servers read their topology files again, each its own.
     *
     * @param dry whether they are only to tell what would change
     */
    public List<ReloadedServer> reload(Collection<String> servers, boolean dry) throws InterruptedException {
        return askAll(Role.CHANGE, servers,
                (name, server) -> new ReloadedServer(name, ReloadJson.read(server.reload(dry)), null),
                (name, failure) -> new ReloadedServer(name, null, failure.reason()));
    }

    private ServerAddress address(String server) {
        return Objects.requireNonNull(topology.servers().get(server), server);
    }

    private <R> List<R> askAll(Role role, Collection<String> servers, Question<R> question,
            BiFunction<String, Failure, R> otherwise) throws InterruptedException {
        Sweeper sweeper = new Sweeper();
        Thread sweeping = Thread.ofVirtual().start(new Endless("sweeper", new Faults(fault -> {}), sweeper::round));
        try (ExecutorService asking = Executors.newThreadPerTaskExecutor(threads)) {
            List<Future<R>> asked = new ArrayList<>();
            for (String name : servers) {
                asked.add(asking.submit(() -> ask(role, name, sweeper, question, otherwise)));
            }
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

    private <R> R ask(Role role, String name, Sweeper sweeper, Question<R> question,
            BiFunction<String, Failure, R> otherwise)
            throws InterruptedException {
        ServerAddress address = address(name);
        try (InquiryClient server =
                InquiryClient.connect(role, name, address, secret, limit, sweeper)) {
            return question.ask(name, server);
        } catch (IOException e) {
            return otherwise.apply(name, new Failure(address + ": " + e.getMessage(), isRefusal(e)));
        } catch (RuntimeException e) {
            // A server of another build may answer what this one cannot read; that is no reason to hide the others.
            return otherwise.apply(name,
                    new Failure(address + ": its answer cannot be read: " + e.getMessage(), false));
        }
    }

    private static boolean isRefusal(IOException failure) {
        return failure instanceof RefusedException || failure.getCause() instanceof RefusedException;
    }
}
