package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.proxyherd.status.LinkStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** One kind of fault at a time, between two servers. */
class FaultyLinkTest {
    @TempDir
    private Path dir;

    private TestHerd herd;
    private RawClient alford;
    private int reports;

    @BeforeEach
    void start() throws IOException {
        herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").throughProxies()
                .timing(TestSettings.timing(Duration.ofSeconds(2))).startAll().awaitLinks();
        alford = herd.connect("Alford");
    }

    @AfterEach
    void stop() throws IOException {
        alford.close();
        herd.close();
    }

    private LinkStatus link() {
        return herd.status("Alford").links().getFirst();
    }

    private void report() throws IOException {
        alford.ask("IAMAT c" + reports++ + " +34-118 7");
    }

    private void allFaulty(Consumer<FaultyProxy> fault) {
        herd.proxies().forEach(fault);
    }

    @Test
    @Execution(CONCURRENT)
    void whatIsCutOpensAgainAndNothingIsMissing() throws IOException {
        report();
        allFaulty(FaultyProxy::cut);
        Await.until("Alford notices", () -> !link().up());
        report();
        allFaulty(FaultyProxy::heal);
        herd.awaitSameStores("after a cut", reports);
    }

    @Test
    @Execution(CONCURRENT)
    void whatStallsIsClosedAndOpensAgainWhenItCan() throws IOException {
        allFaulty(FaultyProxy::stall);
        report();
        herd.awaitLog("Alford", "link to Bolden down: nothing heard for too long");
        allFaulty(FaultyProxy::heal);
        herd.awaitSameStores("after a stall", reports);
    }

    @Test
    @Execution(CONCURRENT)
    void whatIsOnlyLateStaysOpen() throws IOException {
        allFaulty(FaultyProxy::delay);
        for (int i = 0; i < 50; i++) {
            report();
        }
        herd.awaitSameStores("late", reports);
        assertThat(link().starts()).isEqualTo(1);
    }

    @Test
    @Execution(CONCURRENT)
    void whatComesByteByByteStaysOpen() throws IOException {
        allFaulty(FaultyProxy::trickle);
        for (int i = 0; i < 20; i++) {
            report();
        }
        herd.awaitSameStores("byte by byte", reports);
        assertThat(link().starts()).isEqualTo(1);
    }

    @Test
    @Execution(CONCURRENT)
    void garbageClosesTheLinkWhichThenResyncs() throws IOException {
        for (int i = 0; i < 10; i++) {
            report();
        }
        herd.awaitSameStores("before", reports);
        FaultyProxy proxy = herd.proxy("Alford", "Bolden");
        proxy.insertGarbage();
        Await.until("garbage has passed", () -> {
            report();
            return !proxy.hasGarbage();
        });
        Await.until("the link was closed for it",
                () -> (herd.log("Alford") + herd.log("Bolden")).contains("the neighbour sent what is no link message"));
        report();
        herd.awaitSameStores("after garbage", reports);
        assertThat(link().starts()).isGreaterThan(1);
        assertThat(herd.stored("Bolden").values()).allMatch(line -> line.startsWith("AT Alford "));
    }
}
