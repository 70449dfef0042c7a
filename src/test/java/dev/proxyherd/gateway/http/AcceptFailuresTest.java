package dev.proxyherd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A logger that nobody reads hears of accepts that fail, and of nothing else. */
class AcceptFailuresTest {
    private final Logger logger = Logger.getAnonymousLogger();
    private final AcceptFailures failures = new AcceptFailures(logger);
    private final List<Boolean> told = new ArrayList<>();
    private final Thread rounds = Thread.ofVirtual().unstarted(() -> {
        try {
            while (failures.round()) {
                // Another round.
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    });

    @BeforeEach
    void start() {
        logger.setFilter(failures);
        failures.tell((cause, isFirst) -> told.add(isFirst));
        rounds.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        rounds.interrupt();
        rounds.join();
        assertThat(logger.isLoggable(Level.FINER)).as("the level is as it was").isFalse();
    }

    /** As the dispatcher of the JDK's server does, which tries again at once. */
    private void failToAccept() {
        logger.log(Level.FINER, "Dispatcher (4)", new IOException("Too many open files"));
    }

    @Test
    void areHeardOfSoonAndThenForAsLongAsTheyGoOn() {
        Await.until("it is told", () -> {
            failToAccept();
            return !told.isEmpty();
        });
        assertThat(told).as("the first of an outage").containsExactly(true);
        for (int i = 0; i < 5; i++) {
            failToAccept();
        }
        assertThat(told).as("all that follow").containsExactly(true, false, false, false, false, false);
    }

    @Test
    void areNotListenedForMostOfTheTime() {
        Await.until("the level is off", () -> !logger.isLoggable(Level.FINER));
        Await.until("and on for a moment", () -> logger.isLoggable(Level.FINER));
        Await.until("and off again", () -> !logger.isLoggable(Level.FINER));
        assertThat(told).isEmpty();
    }
}
