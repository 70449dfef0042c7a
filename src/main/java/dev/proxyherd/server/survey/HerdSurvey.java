package dev.proxyherd.server.survey;

import dev.proxyherd.io.Sweeper;
import dev.proxyherd.link.handshake.RefusedException;
import dev.proxyherd.link.inquiry.InquiryClient;
import dev.proxyherd.link.seal.Credentials;
import dev.proxyherd.log.Endless;
import dev.proxyherd.log.Faults;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.status.ClockReading;
import dev.proxyherd.status.Clocks;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.ServerAnswer;
import dev.proxyherd.status.ServerAnswer.Failure;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.status.json.ReloadJson;
import dev.proxyherd.status.json.StatusJson;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers of a topology at once, each with a limit of its own, over the read-only role of the handshake; and one of
 * them to change something, over the role for that.
 */
public final class HerdSurvey {
    private final Topology topology;
    private final Credentials credentials;
    private final Duration limit;
    private final InstantSource clock;
    private final ThreadFactory threads;

    /** Talks to one server. */
    private interface Question<R> {
        R ask(String name, InquiryClient server) throws IOException;
    }

    public HerdSurvey(Topology topology, Credentials credentials, Duration limit) {
        this(topology, credentials, limit, InstantSource.system(), Thread.ofVirtual().factory());
    }

    /**
     * @param limit how long each server may take to answer
     * @param clock that of whoever asks
     * @param threads makes the threads that ask, one for each server
     */
    public HerdSurvey(Topology topology, Credentials credentials, Duration limit, InstantSource clock,
            ThreadFactory threads) {
        this.topology = topology;
        this.credentials = credentials;
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
        return status(servers());
    }

    /** As if these servers were the herd. */
    public HerdStatus status(Collection<String> servers) throws InterruptedException {
        List<ServerAnswer> answers = status(servers, Cutoffs.NONE);
        Cutoffs newest = newestCutoffs(answers);
        return new HerdStatus(null, newest.equals(Cutoffs.NONE) ? answers : status(servers, soon(newest)));
    }

    /** How these servers are; what is past the cutoffs is left out of their digests. */
    public List<ServerAnswer> status(Collection<String> servers, Cutoffs cutoffs) throws InterruptedException {
        return askAll(servers, (name, server) -> status(name, server, cutoffs), (name, failure) -> ServerAnswer
                .none(name, address(name), Objects.requireNonNull(topology.neighbours().get(name)), failure));
    }

    /** The newest times before which one of the servers has dropped what it held. */
    public static Cutoffs newestCutoffs(Collection<ServerAnswer> answers) {
        Cutoffs newest = Cutoffs.NONE;
        for (ServerAnswer answer : answers) {
            newest = answer.status() == null ? newest : newest.newest(cutoffs(answer.status()));
        }
        return newest;
    }

    /** What has expired at a server. */
    public static Cutoffs cutoffs(ServerStatus status) {
        return new Cutoffs(status.cutoffNanos(), status.goneCutoffNanos());
    }

    /**
     * Where locations expire, servers drop the same ones at slightly different times: what one that has these cutoffs drops
     * while all are asked is left out of all digests. It is no use where their clocks differ by more than is tolerated.
     */
    public static Cutoffs soon(Cutoffs cutoffs) {
        return new Cutoffs(soon(cutoffs.locationNanos()), soon(cutoffs.goneNanos()));
    }

    private static long soon(long nanos) {
        return nanos == 0 ? 0 : nanos + Clocks.TOLERANCE.toNanos();
    }

    private ServerAnswer status(String name, InquiryClient server, Cutoffs cutoffs) throws IOException {
        long asked = Expiry.nanos(clock.instant());
        String answer = server.status(cutoffs);
        long answered = Expiry.nanos(clock.instant());
        ServerStatus status = StatusJson.read(answer);
        return ServerAnswer.of(name, address(name), status,
                ClockReading.between(asked, answered, status.nowNanos()));
    }

    /** What all servers hold for a client, in the topology's order. */
    public List<TracedClient> trace(String client) throws InterruptedException {
        return trace(topology.servers().keySet(), List.of(client)).values().stream().map(List::getFirst).toList();
    }

    /** What these servers hold for clients, for each server in the clients' order. */
    public Map<String, List<TracedClient>> trace(Collection<String> servers, List<String> clients)
            throws InterruptedException {
        return byServer(servers, askAll(servers,
                (name, server) -> server.trace(clients).stream().map(held -> TracedClient.parse(name, held)).toList(),
                (name, failure) -> clients.stream().map(client -> new TracedClient(name, 0, null, failure.reason()))
                        .toList()));
    }

    /** Which clients the servers know whose IDs are as the pattern says. */
    public Map<String, MatchingClients> clients(String pattern) throws InterruptedException {
        Collection<String> servers = topology.servers().keySet();
        return byServer(servers, askAll(servers, (name, server) -> new MatchingClients(server.clients(pattern), null),
                (name, failure) -> new MatchingClients(List.of(), failure.reason())));
    }

    private static <R> Map<String, R> byServer(Collection<String> servers, List<R> answers) {
        Map<String, R> byServer = new LinkedHashMap<>();
        Iterator<R> next = answers.iterator();
        servers.forEach(name -> byServer.put(name, next.next()));
        return byServer;
    }

    /**
     * Has one server write down that clients are gone.
     *
     * @param times for each client the least time to write, POSIX nanoseconds
     * @return the GONE lines, in the same order
     * @throws PartlyForgottenException if it was asked, and may have written some of it
     * @throws IOException if the server could not be asked, or cannot do so yet; the message says why
     */
    public List<String> forget(String server, Map<String, Long> times) throws IOException, InterruptedException {
        AtomicBoolean unsure = new AtomicBoolean();
        List<Written> written = askAll(LinkMessage.Role.CHANGE, List.of(server), (name, client) -> {
            List<String> answers;
            try {
                answers = client.forget(times);
            } catch (IOException e) {
                unsure.set(client.hasAsked());
                throw e;
            }
            unsure.set(!answers.stream().allMatch(Written::isRefusal));
            return Written.of(answers);
        }, (name, failure) -> new Written(List.of(), failure.reason()));
        Written one = written.getFirst();
        if (one.failure() != null) {
            throw unsure.get() ? new PartlyForgottenException(one.failure()) : new IOException(one.failure());
        }
        return one.lines();
    }

    private record Written(List<String> lines, @Nullable String failure) {

        static Written of(List<String> answers) throws IOException {
            for (String answer : answers) {
                if (isRefusal(answer)) {
                    throw new IOException(answer.substring(TracedClient.CANNOT.length()));
                }
                if (!TracedClient.location(answer).isGone()) {
                    throw new IllegalArgumentException("no GONE line");
                }
            }
            return new Written(answers, null);
        }

        static boolean isRefusal(String answer) {
            return answer.startsWith(TracedClient.CANNOT);
        }
    }

    /**
     * Lets these servers read their topology files again, each its own.
     *
     * @param dry whether they are only to tell what would change
     */
    public List<ReloadedServer> reload(Collection<String> servers, boolean dry) throws InterruptedException {
        return askAll(LinkMessage.Role.CHANGE, servers,
                (name, server) -> {
                    try {
                        return new ReloadedServer(name, ReloadJson.read(server.reload(dry)), true, null);
                    } catch (InquiryClient.UnansweredException e) {
                        return new ReloadedServer(name, null, true, address(name) + ": " + e.getMessage());
                    }
                },
                (name, failure) -> new ReloadedServer(name, null, false, failure.reason()));
    }

    private ServerAddress address(String server) {
        return Objects.requireNonNull(topology.servers().get(server), server);
    }

    private <R> List<R> askAll(Collection<String> servers, Question<R> question,
            BiFunction<String, Failure, R> otherwise) throws InterruptedException {
        return askAll(LinkMessage.Role.STATUS, servers, question, otherwise);
    }

    private <R> List<R> askAll(LinkMessage.Role role, Collection<String> servers, Question<R> question,
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

    private <R> R ask(LinkMessage.Role role, String name, Sweeper sweeper, Question<R> question,
            BiFunction<String, Failure, R> otherwise) throws InterruptedException {
        ServerAddress address = address(name);
        try (InquiryClient server = InquiryClient.connect(role, name, address, credentials, limit, sweeper)) {
            return question.ask(name, server);
        } catch (IOException e) {
            return otherwise.apply(name, new Failure(address + ": " + e.getMessage(), kind(e)));
        } catch (RuntimeException e) {
            // A server of another build may answer what this one cannot read; that is no reason to hide the others.
            return otherwise.apply(name,
                    new Failure(address + ": its answer cannot be read: " + e.getMessage(), Failure.Kind.SILENT));
        }
    }

    private static Failure.Kind kind(IOException failure) {
        if (failure instanceof InquiryClient.UntrustedException) {
            return Failure.Kind.UNTRUSTED;
        }
        return failure instanceof RefusedException || failure.getCause() instanceof RefusedException
                ? Failure.Kind.REFUSED
                : Failure.Kind.SILENT;
    }
}
