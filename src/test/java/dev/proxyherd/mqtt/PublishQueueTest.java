package dev.proxyherd.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is yet to be published. */
class PublishQueueTest {
    private static final int MOST = 3;

    private final PublishQueue queue = new PublishQueue(MOST);

    private static Location at(String client, int time) {
        byte[] line = ("AT Alford +0.000000000 " + client + " +1+2 " + time).getBytes(StandardCharsets.ISO_8859_1);
        return Location.parse(line, 0, line.length, 0);
    }

    private static Location gone(String client, int time) {
        return Location.gone(ServerName.of("Alford"), 0, client, time * 1_000_000_000L);
    }

    private Location take() throws InterruptedException {
        return queue.take(() -> true);
    }

    @Test
    void isOneLocationForEachClientTheNewest() throws InterruptedException {
        Location newest = at("a", 3);
        queue.offer(at("a", 1));
        queue.offer(at("b", 1));
        queue.offer(newest);
        queue.offer(at("a", 2));
        assertThat(queue.size()).isEqualTo(2);
        assertThat(take()).isSameAs(newest);
        assertThat(take().client()).isEqualTo("b");
    }

    @Test
    void isBoundedAndGivesUpWhatHasWaitedLongest() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            queue.offer(at("c" + i, 1));
        }
        assertThat(queue.size()).isEqualTo(MOST);
        assertThat(queue.givenUp()).isEqualTo(7);
        assertThat(take().client()).isEqualTo("c7");
    }

    @Test
    void givesUpNoForgettingForLocationsAndTakesItFirst() throws InterruptedException {
        queue.offer(at("b", 1));
        queue.offer(gone("a", 2));
        for (int i = 0; i < 10; i++) {
            queue.offer(at("c" + i, 1));
        }
        queue.offer(at("a", 1));
        assertThat(queue.size()).isEqualTo(MOST + 1);
        Location first = take();
        assertThat(first.client()).isEqualTo("a");
        assertThat(first.isGone()).isTrue();
        assertThat(take().client()).isEqualTo("c7");
        assertThat(queue.hasLeftOut()).isFalse();
    }

    @Test
    void isOneLineForEachClientWhetherForgottenOrNot() throws InterruptedException {
        queue.offer(at("a", 1));
        queue.offer(gone("a", 2));
        assertThat(queue.size()).isEqualTo(1);
        queue.offer(at("a", 3));
        assertThat(queue.size()).isEqualTo(1);
        assertThat(take().isGone()).isFalse();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void tellsOnceThatTooManyWereForgotten() {
        for (int i = 0; i < 10; i++) {
            queue.offer(gone("c" + i, 1));
        }
        assertThat(queue.size()).isEqualTo(MOST);
        assertThat(queue.hasLeftOut()).isTrue();
        assertThat(queue.hasLeftOut()).isFalse();
    }

    @Test
    void holdsAgainWhatWasUnderWayUnlessANewerOneWaits() throws InterruptedException {
        queue.offer(at("a", 1));
        queue.offer(at("b", 1));
        Location first = take();
        take();
        Location newer = at("a", 2);
        queue.offer(newer);
        queue.requeue();
        queue.done(first);
        assertThat(queue.size()).isEqualTo(2);
        assertThat(take()).isSameAs(newer);
        assertThat(take().client()).isEqualTo("b");
    }

    @Test
    void isDoneWhenNothingIsUnderWay() throws InterruptedException {
        queue.offer(at("a", 1));
        Location taken = take();
        Thread.ofVirtual().start(() -> queue.done(taken));
        queue.awaitDone(Duration.ofMinutes(1).toNanos(), () -> true);
        assertThat(queue.size()).isZero();
    }

    @Test
    void givesNothingOnceNobodyIsThere() throws InterruptedException {
        queue.offer(at("a", 1));
        assertThat(queue.take(() -> false)).isNull();
        queue.awaitDone(Duration.ofMinutes(1).toNanos(), () -> false);
        assertThat(queue.size()).isEqualTo(1);
    }
}
