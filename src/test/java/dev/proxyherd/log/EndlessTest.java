package dev.proxyherd.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EndlessTest {
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final Faults faults = new Faults(told::add);
    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void goesOnWhateverARoundThrowsUntilOneIsTheLast() {
        new Endless("worker", faults, () -> {
            switch (rounds.incrementAndGet()) {
                case 1, 2 -> throw new IllegalStateException("a bug");
                case 3 -> throw new StackOverflowError("another");
                default -> {}
            }
            return rounds.get() < 5;
        }).run();

        assertThat(rounds).hasValue(5);
        assertThat(faults.counts()).isEqualTo(Map.of("worker", 3L));
    }

    @Test
    void tellsAFaultOnceHoweverOftenItComes() {
        new Endless("worker", faults, () -> {
            if (rounds.incrementAndGet() < 4) {
                throw new IllegalStateException("a bug");
            }
            return false;
        }).run();

        assertThat(told).singleElement().asString().startsWith(
                "a fault of the program, which its thread worker has survived: java.lang.IllegalStateException: a bug at ");
    }

    @Test
    void endsWhenItIsInterruptedEvenWhileItRestsAfterAFault() throws Exception {
        Thread thread = Thread.ofVirtual().start(new Endless("worker", faults, () -> {
            rounds.incrementAndGet();
            throw new IllegalStateException("a bug");
        }));
        Await.until("it has met the fault", () -> rounds.get() > 3);

        thread.interrupt();

        Await.end(thread);
    }

    @Test
    void survivesAListenerThatFails() {
        Faults failing = new Faults(text -> {
            throw new IllegalStateException("nobody listens");
        });

        failing.survived("worker", new IllegalStateException("a bug"));

        assertThat(failing.counts()).isEqualTo(Map.of("worker", 1L));
    }
}
