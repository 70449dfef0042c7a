package dev.proxyherd.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.bench.BenchErrors;
import dev.proxyherd.bench.BenchPlan;
import dev.proxyherd.bench.BenchResult;
import dev.proxyherd.bench.Plans;
import dev.proxyherd.bench.RequestKind;
import dev.proxyherd.bench.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BenchRunTest {
    private static final long MILLI = 1_000_000;

    private static BenchResult run(BenchPlan plan) throws IOException, InterruptedException {
        return new BenchRun(plan, InstantSource.system()).run();
    }

    /** An answer that comes {@code millis} late, whatever wakes the thread in between. */
    private static String late(int millis, String line) {
        long until = System.nanoTime() + millis * MILLI;
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        return ScriptedServer.friendlyAnswer(line);
    }

    @Nested
    class ClosedLoop {
        @Test
        void countsEveryAnswerOnceAndAnswersAll() throws Exception {
            try (ScriptedServer server = ScriptedServer.friendly()) {
                BenchResult result = run(Plans.closed(server.port(), 4, 0));

                assertThat(result.errors()).isEqualTo(BenchErrors.NONE);
                assertThat(result.latencies()).containsOnlyKeys(RequestKind.IAMAT);
                assertThat(result.allLatencies().getTotalCount()).isEqualTo(result.answersInTime());
                // What came after the end is not measured: at most what was under way.
                assertThat(result.answersInTime()).isBetween(server.lines().size() - 8L, (long) server.lines().size());
                assertThat(result.seconds()).isEqualTo(0.3);
            }
        }

        @Test
        void introducesClientsBeforeItAsksAboutThem() throws Exception {
            try (ScriptedServer server = ScriptedServer.friendly()) {
                BenchResult result = run(Plans.closed(server.port(), 1, 100));

                assertThat(result.errors()).isEqualTo(BenchErrors.NONE);
                assertThat(result.latencies()).containsOnlyKeys(RequestKind.WHATSAT);
                assertThat(server.lines().stream().limit(10)).allMatch(line -> line.startsWith("IAMAT"));
            }
        }
    }

    @Nested
    class OpenLoop {
        @Test
        void aStallCountsForEveryRequestThatFellDueMeanwhile() throws Exception {
            AtomicInteger number = new AtomicInteger();
            try (ScriptedServer server = new ScriptedServer(
                    line -> late(number.incrementAndGet() == 20 ? 250 : 0, line))) {
                BenchResult result = run(Plans.plan(server.port(), 1, 256, 400, 500, 0));

                Histogram latencies = result.allLatencies();
                assertThat(latencies.getTotalCount()).isEqualTo(200);
                // 100 fell due in the 250 ms, the first of them to wait 250 ms, the last none.
                assertThat(latencies.getCountBetweenValues(50 * MILLI, 60_000 * MILLI)).isGreaterThanOrEqualTo(75);
                assertThat(latencies.getMaxValue()).isGreaterThanOrEqualTo(250 * MILLI);
                assertThat(result.errors()).isEqualTo(BenchErrors.NONE);
            }
        }

        @Test
        void aStallCountsTooWhereNoMoreRequestsMayBeUnderWay() throws Exception {
            AtomicInteger number = new AtomicInteger();
            try (ScriptedServer server = new ScriptedServer(
                    line -> late(number.incrementAndGet() == 20 ? 250 : 0, line))) {
                BenchResult result = run(Plans.plan(server.port(), 1, 1, 400, 500, 0));

                assertThat(result.allLatencies().getTotalCount()).isEqualTo(200);
                assertThat(result.allLatencies().getCountBetweenValues(50 * MILLI, 60_000 * MILLI))
                        .isGreaterThanOrEqualTo(75);
            }
        }

        @Test
        void whatCouldNeverBeSentIsAnError() throws Exception {
            try (ScriptedServer server = new ScriptedServer(line -> late(10_000, line))) {
                BenchResult result = run(Plans.plan(server.port(), 2, 3, 100, 200, 0));

                assertThat(result.errors()).isEqualTo(new BenchErrors(0, 0, 0, 0, 6, 14));
                assertThat(result.answersPerSecond()).isZero();
            }
        }
    }

    @Nested
    class Errors {
        @Test
        void refusedCommandsAreCountedAndNotMeasured() throws Exception {
            try (ScriptedServer server = new ScriptedServer(line -> "? " + line + '\n')) {
                BenchResult result = run(Plans.closed(server.port(), 2, 0));

                assertThat(result.errors()).isEqualTo(new BenchErrors(server.lines().size(), 0, 0, 0, 0, 0));
                assertThat(result.answersInTime()).isZero();
                assertThat(result.latencies()).isEmpty();
            }
        }

        @Test
        void aLostConnectionIsCountedAndMadeAnew() throws Exception {
            AtomicInteger number = new AtomicInteger();
            try (ScriptedServer server = new ScriptedServer(
                    line -> number.incrementAndGet() == 10 ? null : ScriptedServer.friendlyAnswer(line))) {
                BenchResult result = run(Plans.plan(server.port(), 1, 1, 0, 500, 0));

                assertThat(result.errors()).isEqualTo(new BenchErrors(0, 0, 0, 1, 1, 0));
                assertThat(result.answersInTime()).isGreaterThan(9);
            }
        }

        @Test
        void aServerThatGoesAwayIsCounted() throws Exception {
            ScriptedServer[] server = new ScriptedServer[1];
            server[0] = new ScriptedServer(line -> {
                server[0].close();
                return null;
            });
            BenchResult result = run(Plans.plan(server[0].port(), 1, 1, 0, 300, 0));

            assertThat(result.errors().refused()).isPositive();
            assertThat(result.errors().closed()).isPositive();
        }

        @Test
        void aServerThatIsNotThereIsToldBeforeAnythingIsMeasured() throws Exception {
            int port;
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = any.getLocalPort();
            }
            assertThatThrownBy(() -> run(Plans.closed(port, 1, 0)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Alford (127.0.0.1:" + port + ')');
        }
    }

    @Test
    void stoppingGivesTheResultsSoFar() throws Exception {
        try (ScriptedServer server = ScriptedServer.friendly()) {
            BenchRun run = new BenchRun(Plans.plan(server.port(), 2, 1, 50, 60_000, 0), InstantSource.system());
            Thread stopper = Thread.ofVirtual().start(() -> {
                while (run.answers() < 5) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
                run.stop();
            });

            BenchResult result = run.run();
            stopper.join();

            assertThat(result.endedEarly()).isTrue();
            assertThat(result.seconds()).isLessThan(60);
            assertThat(result.answersInTime()).isGreaterThanOrEqualTo(5);
            assertThat(result.errors()).isEqualTo(BenchErrors.NONE);
        }
    }
}
