package dev.proxyherd.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UncaughtFaultsTest {
    private final StringWriter err = new StringWriter();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final UncaughtFaults handler = new UncaughtFaults(new PrintWriter(err), ended::countDown);

    private void end(Thread thread) throws InterruptedException {
        thread.setUncaughtExceptionHandler(handler);
        thread.start();
        thread.join();
    }

    private static void fail() {
        throw new IllegalStateException("a bug");
    }

    @Test
    void endTheProcessWhereOneMustNotEnd() throws InterruptedException {
        end(Thread.ofPlatform().name("journal-Alford").unstarted(UncaughtFaultsTest::fail));

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(err.toString()).startsWith("herd: a fault of the program has ended its thread journal-Alford, "
                + "and so this process ends; start it again: java.lang.IllegalStateException: a bug");
    }

    @Test
    void areToldAndNoMoreWhereTheyServeOneConnection() throws InterruptedException {
        end(Thread.ofVirtual().name("client-1").unstarted(UncaughtFaultsTest::fail));
        end(Thread.ofPlatform().name("http-7").unstarted(UncaughtFaultsTest::fail));

        assertThat(err.toString()).contains("ended its thread client-1: java.lang.IllegalStateException",
                "thread http-7: ");
        assertThat(ended.getCount()).isEqualTo(1);
    }
}
