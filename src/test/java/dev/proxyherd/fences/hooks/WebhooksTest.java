package dev.proxyherd.fences.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingKind;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.log.Faults;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.server.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crossings reach the receivers of their fences, at least once and in order, whatever these answer. */
class WebhooksTest {
    private static final byte[] KEY = "a key of thirty-two bytes for it".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path dir;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final AtomicReference<Fences> fences = new AtomicReference<>(Fences.NONE);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private InstantSource clock = InstantSource.system();
    private Duration answerLimit = Await.LIMIT;
    private TestReceiver receiver;

    @BeforeEach
    void receive() throws IOException {
        receiver = new TestReceiver();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    /** Somebody's HTTP server: it notes what comes, and answers as it is told to. */
    private final class TestReceiver {
        private final HttpServer http;
        private final List<String> bodies = new CopyOnWriteArrayList<>();
        private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
        private final AtomicInteger status = new AtomicInteger(204);

        /** The status of the next answer only; 0 for none. */
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch silence = new CountDownLatch(1);
        private final AtomicInteger arrived = new AtomicInteger();
        private final AtomicInteger atOnce = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();
        private volatile boolean silent;

        TestReceiver() throws IOException {
            this(InetAddress.getLoopbackAddress());
        }

        TestReceiver(@Nullable InetAddress at) throws IOException {
            http = HttpServer.create(new InetSocketAddress(at, 0), 512);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.createContext("/", this::handle);
            http.start();
            opened.add(() -> {
                silence.countDown();
                http.stop(0);
            });
        }

        private void handle(HttpExchange exchange) throws IOException {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            arrived.incrementAndGet();
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            if (silent) {
                try {
                    silence.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            atOnce.decrementAndGet();
            int only = next.getAndSet(0);
            int answer = only == 0 ? status.get() : only;
            requests.add(exchange);
            if (answer == 302) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            if (answer / 100 == 2) {
                // Before the answer, after which the next may come.
                bodies.add(body);
            }
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        }

        URI address(String path) {
            return address(path, "127.0.0.1");
        }

        URI address(String path, String host) {
            return URI.create("http://" + host + ':' + http.getAddress().getPort() + path);
        }
    }

    private static Fence fence(String id, URI webhook) {
        Fence plain = SomeFences.of(id, 0, SomeFences.box(0, 0, 1, 1));
        return new Fence(id, plain.name(), plain.clients(), plain.events(), 0, webhook, plain.shape());
    }

    private void watch(Fence... all) {
        fences.set(SomeFences.compiled(List.of(all)));
    }

    private Webhooks open() throws IOException {
        Webhooks webhooks = openAndLeave();
        opened.add(webhooks);
        return webhooks;
    }

    private Webhooks openAndLeave() throws IOException {
        return Webhooks.open(
                new HookSettings(dir.resolve("outbox"), 1 << 20, Outbox.Sync.AT_ONCE, new HookKey(KEY), answerLimit,
                        Duration.ofMillis(5), clock, new Random(1), new Faults(warnings::add), warnings::add),
                fences::get, crossing -> "\"" + crossing.client() + '"');
    }

    private static Crossing crossing(Fence fence, String client) {
        return new Crossing(fence, CrossingKind.ENTER,
                RandomLocations.at("AT Alford +0.000000000 " + client + " +0.5+0.5 7"));
    }

    private static void cross(Webhooks webhooks, Fence fence, int from, int to) {
        for (int i = from; i < to; i++) {
            webhooks.crossed(List.of(crossing(fence, "c" + i)));
        }
    }

    private static List<String> clients(List<String> bodies) {
        return bodies.stream().map(body -> body.replaceFirst(".*\"data\":\"(.*)\"}", "$1")).toList();
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "c" + i).toList();
    }

    @Nested
    class AReceiverThatTakesThem {
        @Test
        void isSentEachOnceAndInOrderSigned() throws Exception {
            Fence yard = fence("yard", receiver.address("/hook?secret=1"));
            watch(yard);
            Webhooks webhooks = open();
            cross(webhooks, yard, 0, 30);
            Await.until("all have arrived", () -> webhooks.status().delivered() == 30);
            assertThat(clients(receiver.bodies)).isEqualTo(names(0, 30));
            assertThat(webhooks.status().waiting()).isZero();
            HttpExchange first = receiver.requests.getFirst();
            String id = first.getRequestHeaders().getFirst("webhook-id");
            String time = first.getRequestHeaders().getFirst("webhook-timestamp");
            assertThat(first.getRequestURI()).hasToString("/hook?secret=1");
            assertThat(first.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/json");
            assertThat(id).isEqualTo(crossing(yard, "c0").id());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            String signed = Base64.getEncoder().encodeToString(mac.doFinal(
                    (id + '.' + time + '.' + receiver.bodies.getFirst()).getBytes(StandardCharsets.UTF_8)));
            assertThat(first.getRequestHeaders().getFirst("webhook-signature")).isEqualTo("v1," + signed);
        }

        @Test
        void hasToTakeNothingOfFencesWithoutAWebhook() throws Exception {
            Fence silent = fence("silent", null);
            watch(silent);
            Webhooks webhooks = open();
            cross(webhooks, silent, 0, 3);
            assertThat(webhooks.status().waiting()).isZero();
        }
    }

    @Nested
    class AReceiverThatFails {
        private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();

        @ParameterizedTest
        @ValueSource(ints = {500, 503, 429, 404, 302})
        void isAskedAgainUntilItTakesThemInOrder(int status) throws Exception {
            Fence yard = fence("yard", receiver.address("/"));
            watch(yard);
            receiver.status.set(status);
            Webhooks webhooks = open();
            cross(webhooks, yard, 0, 5);
            Await.until("it was asked again", () -> receiver.requests.size() >= 4);
            assertThat(receiver.requests).allSatisfy(request -> assertThat(request.getRequestHeaders()
                    .getFirst("webhook-id")).isEqualTo(crossing(yard, "c0").id()));
            assertThat(receiver.requests).allSatisfy(request -> assertThat(request.getRequestURI()).hasToString("/"));
            receiver.status.set(200);
            Await.until("all have arrived", () -> webhooks.status().delivered() == 5);
            assertThat(clients(receiver.bodies)).isEqualTo(names(0, 5));
            assertThat(warnings).hasSize(2);
            assertThat(warnings.getFirst()).contains("takes no messages of the fence 'yard': answered " + status)
                    .doesNotContain("secret");
            assertThat(warnings.getLast()).contains("takes messages again");
        }

        @Test
        void andDoesNotAnswerHoldsUpNobodyElse() throws Exception {
            TestReceiver dead = new TestReceiver();
            dead.silent = true;
            answerLimit = Duration.ofSeconds(1);
            Fence yard = fence("yard", receiver.address("/"));
            Fence[] others =
                    IntStream.range(0, 40).mapToObj(i -> fence("dead-" + i, dead.address("/"))).toArray(Fence[]::new);
            List<Fence> all = new ArrayList<>(List.of(others));
            all.add(yard);
            watch(all.toArray(Fence[]::new));
            Webhooks webhooks = open();
            for (Fence other : others) {
                cross(webhooks, other, 0, 2);
            }
            cross(webhooks, yard, 0, 20);
            Await.until("the other has all", () -> webhooks.status().delivered() == 20);
            assertThat(webhooks.status().waiting()).isEqualTo(80);
            Await.until("it is told", () -> !warnings.isEmpty());
            assertThat(warnings).singleElement().asString().contains("no answer within 1000 ms");
        }

        @Test
        void ofOneMessageAloneHoldsUpItsFenceOnly() throws Exception {
            Fence poisoned = fence("poisoned", receiver.address("/refused"));
            Fence well = fence("well", receiver.address("/"));
            receiver.http.createContext("/refused", exchange -> {
                refusals.computeIfAbsent("poisoned", fence -> new AtomicInteger()).incrementAndGet();
                exchange.sendResponseHeaders(400, -1);
                exchange.close();
            });
            watch(poisoned, well);
            Webhooks webhooks = open();
            cross(webhooks, poisoned, 0, 2);
            cross(webhooks, well, 0, 9);
            Await.until("the other's have arrived", () -> webhooks.status().delivered() == 9);
            assertThat(webhooks.status().waiting()).isEqualTo(2);
            Await.until("it is told", () -> webhooks.status().failures().toString().contains("answered 400"));
            for (int i = 9; i < 12; i++) {
                int tries = tries("poisoned");
                cross(webhooks, well, i, i + 1);
                Await.until("it is tried again", () -> tries("poisoned") > tries);
                int arrived = i + 1;
                Await.until("the other's has arrived", () -> webhooks.status().delivered() == arrived);
            }
            assertThat(warnings).as("told once").singleElement().asString()
                    .contains("takes no messages of the fence 'poisoned': answered 400");
            assertThat(webhooks.status().failures()).singleElement().asString()
                    .endsWith(": the fence 'poisoned': answered 400");
        }

        private int tries(String fence) {
            return refusals.getOrDefault(fence, new AtomicInteger()).get();
        }

        @Test
        void isNoneThatFailsAnyMoreOnceNoFenceNamesIt() throws Exception {
            watch(fence("yard", receiver.address("/")));
            receiver.status.set(500);
            Webhooks webhooks = open();
            cross(webhooks, fence("yard", receiver.address("/")), 0, 1);
            Await.until("it fails", () -> webhooks.status().failures().size() == 1);
            TestReceiver other = new TestReceiver();
            watch(fence("yard", other.address("/")));
            Await.until("the other has it", () -> other.bodies.size() == 1);
            Await.until("none fails", () -> webhooks.status().failures().isEmpty());
        }

        @Test
        void areSentSoManyAtOnceAllTogether() throws Exception {
            TestReceiver dead = new TestReceiver(null);
            dead.silent = true;
            Fence[] others = IntStream.range(0, Webhooks.MOST_AT_ONCE + 100)
                    .mapToObj(i -> fence("dead-" + i, dead.address("/" + i, "127.0." + i / 8 + ".1")))
                    .toArray(Fence[]::new);
            watch(others);
            Webhooks webhooks = open();
            for (Fence other : others) {
                cross(webhooks, other, 0, 1);
            }
            Await.until("as many as may be are on their way", () -> dead.arrived.get() >= Webhooks.MOST_AT_ONCE);
            dead.silence.countDown();
            Await.until("all have arrived", () -> webhooks.status().delivered() == others.length);
            assertThat(dead.mostAtOnce.get()).isEqualTo(Webhooks.MOST_AT_ONCE);
        }

        @Test
        void andAnswers410ToWhatTheFileBeforeSentItIsSentWhatWaits() throws Exception {
            Fence yard = fence("yard", receiver.address("/"));
            watch(yard);
            receiver.next.set(410);
            receiver.silent = true;
            Webhooks webhooks = open();
            cross(webhooks, yard, 0, 1);
            Await.until("it is asked", () -> receiver.arrived.get() == 1);
            watch(yard);
            receiver.silent = false;
            receiver.silence.countDown();
            Await.until("it has it", () -> webhooks.status().delivered() == 1);
            assertThat(receiver.requests).hasSize(2);
            assertThat(webhooks.status().givenUp()).isZero();
            assertThat(warnings).isEmpty();
        }

        @Test
        void isGivenUpAfterThreeDaysThoughTheOutboxCannotBeRead() throws Exception {
            AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
            clock = () -> Instant.now().plus(ahead.get());
            Fence yard = fence("yard", receiver.address("/"));
            watch(yard);
            receiver.status.set(500);
            Webhooks webhooks = open();
            cross(webhooks, yard, 0, 1);
            Await.until("it was tried", () -> !receiver.requests.isEmpty());
            try (Stream<Path> files = Files.list(dir.resolve("outbox"))) {
                Files.write(files.findFirst().orElseThrow(), new byte[0]);
            }
            Await.until("it is told", () -> warnings.toString().contains("is shorter than it was"));
            ahead.set(Webhooks.PATIENCE.plusSeconds(1));
            Await.until("it is given up", () -> webhooks.status().givenUp() == 1);
        }

        @Test
        void isGivenUpAfterThreeDays() throws Exception {
            AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
            clock = () -> Instant.now().plus(ahead.get());
            Fence yard = fence("yard", receiver.address("/"));
            watch(yard);
            receiver.status.set(500);
            Webhooks webhooks = open();
            cross(webhooks, yard, 0, 3);
            Await.until("it was tried", () -> !receiver.requests.isEmpty());
            ahead.set(Webhooks.PATIENCE.plusSeconds(1));
            Await.until("all are given up", () -> webhooks.status().givenUp() == 3);
            assertThat(webhooks.status().waiting()).isZero();
        }

        @Test
        void thatWantsNoMoreIsSentNoMoreUntilTheFencesChange() throws Exception {
            Fence yard = fence("yard", receiver.address("/"));
            watch(yard);
            receiver.status.set(410);
            Webhooks webhooks = open();
            cross(webhooks, yard, 0, 3);
            Await.until("all are given up", () -> webhooks.status().givenUp() == 3);
            cross(webhooks, yard, 3, 5);
            assertThat(receiver.requests).hasSize(1);
            assertThat(warnings).singleElement().asString().contains("has answered 410");
            receiver.status.set(200);
            watch(yard);
            cross(webhooks, yard, 5, 6);
            Await.until("it is sent again", () -> receiver.bodies.size() == 1);
            assertThat(clients(receiver.bodies)).containsExactly("c5");
        }
    }

    @Nested
    class AnAddress {
        @Test
        void thatNoFenceHasTakesNoFolder() throws Exception {
            watch(fence("silent", null));
            Webhooks webhooks = open();
            assertThat(dir.resolve("outbox")).doesNotExist();
            Fence yard = fence("yard", receiver.address("/"));
            watch(yard);
            cross(webhooks, yard, 0, 1);
            Await.until("it has arrived", () -> webhooks.status().delivered() == 1);
        }

        @Test
        void thatIsPutRightInTheFileIsUsedForWhatWaits() throws Exception {
            Fence wrong = fence("yard", URI.create("http://127.0.0.1:1/"));
            watch(wrong);
            Webhooks webhooks = open();
            cross(webhooks, wrong, 0, 3);
            Await.until("it is told", () -> !warnings.isEmpty());
            watch(fence("yard", receiver.address("/right")));
            Await.until("all have arrived", () -> webhooks.status().delivered() == 3);
            assertThat(clients(receiver.bodies)).isEqualTo(names(0, 3));
        }

        @Test
        void thatWasTakenOutOfTheFileIsSentNothingMore() throws Exception {
            Fence yard = fence("yard", receiver.address("/"));
            watch(yard);
            receiver.status.set(500);
            Webhooks webhooks = open();
            cross(webhooks, yard, 0, 3);
            Await.until("it was tried", () -> !receiver.requests.isEmpty());
            watch(fence("yard", null));
            Await.until("all are given up", () -> webhooks.status().givenUp() == 3);
        }
    }

    @Nested
    class AForgottenClient {
        private static final long ITS_TIME = 7_000_000_000L;

        @Test
        void isToldOfToNobodyAnyMore() throws Exception {
            Fence yard = fence("yard", receiver.address("/"));
            watch(yard);
            receiver.status.set(500);
            Webhooks webhooks = open();
            cross(webhooks, yard, 0, 3);
            Await.until("it was tried", () -> !receiver.requests.isEmpty());
            webhooks.forget("c0", ITS_TIME);
            webhooks.forget("c1", ITS_TIME);
            webhooks.forget("c2", ITS_TIME - 1);
            Await.until("they are dropped", () -> webhooks.status().waiting() == 1);
            receiver.status.set(200);
            Await.until("what came after has arrived", () -> webhooks.status().delivered() == 1);
            assertThat(clients(receiver.bodies)).containsExactly("c2");
            assertThat(webhooks.status().givenUp()).isZero();
        }

        /** The crossing was seen before, and waited to be told. */
        @Test
        void isToldOfToNobodyThoughItsCrossingComesAfter() throws Exception {
            Fence yard = fence("yard", receiver.address("/"));
            watch(yard);
            Webhooks webhooks = open();
            webhooks.forget("c0", ITS_TIME);
            cross(webhooks, yard, 0, 2);
            Await.until("the other's has arrived", () -> webhooks.status().waiting() == 0);
            assertThat(clients(receiver.bodies)).containsExactly("c1");
        }
    }

    @Nested
    class ARestart {
        @Test
        void losesNothingThatWasToldAndKeepsTheOrder() throws Exception {
            Fence yard = fence("yard", receiver.address("/"));
            watch(yard);
            receiver.status.set(500);
            try (Webhooks webhooks = openAndLeave()) {
                cross(webhooks, yard, 0, 10);
            }
            receiver.status.set(200);
            Webhooks webhooks = open();
            cross(webhooks, yard, 10, 12);
            Await.until("all have arrived", () -> webhooks.status().delivered() == 12);
            assertThat(clients(receiver.bodies)).isEqualTo(names(0, 12));
        }

        @Test
        void inTheMiddleOfManySendsEachAtLeastOnceAndInOrder() throws Exception {
            Fence yard = fence("yard", receiver.address("/"));
            watch(yard);
            for (int round = 0; round < 5; round++) {
                try (Webhooks webhooks = openAndLeave()) {
                    cross(webhooks, yard, round * 40, round * 40 + 40);
                    int some = round * 40 + 10;
                    Await.until("some have arrived", () -> receiver.bodies.size() >= some);
                }
            }
            Webhooks last = open();
            Await.until("none waits", () -> last.status().waiting() == 0);
            List<String> firsts = clients(receiver.bodies).stream().distinct().toList();
            assertThat(firsts).isEqualTo(names(0, 200));
        }

        @Test
        void isNotHeldUpByAReceiverThatDoesNotAnswer() throws Exception {
            receiver.silent = true;
            Fence yard = fence("yard", receiver.address("/"));
            watch(yard);
            Webhooks webhooks = openAndLeave();
            cross(webhooks, yard, 0, 3);
            long start = System.nanoTime();
            webhooks.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
