package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.HerdThreads;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Two real servers, Alford and Parker, and the test, which is Alford's other neighbour: Bolden, who knows the secret. */
final class ThreeEnds implements AutoCloseable {
    /** What Bolden may teach. */
    static final String AT = "AT Bolden +0.000000001 kiwi +34-118 1400794645";

    private final ServerSocket listener;
    private final TestHerd herd;

    ThreeEnds(Path dir) throws IOException {
        listener = new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress());
        herd = new TestHerd(dir, "Alford", "Parker").link("Alford", "Parker")
                .neighbour("Alford", "Bolden", listener.getLocalPort()).startAll().awaitLinks();
    }

    TestHerd herd() {
        return herd;
    }

    /** Lets Bolden dial Alford. */
    FakeNeighbour dial() throws IOException {
        return FakeNeighbour.dial(herd, "Bolden", "Alford");
    }

    /** Lets Bolden accept Alford's next call, and say that it knows nothing. */
    FakeNeighbour accept() throws IOException {
        return FakeNeighbour.accept(listener, "Bolden");
    }

    /** Lets Bolden accept Alford's next call, which asks for digests. */
    FakeNeighbour welcome() throws IOException {
        return FakeNeighbour.welcome(listener, "Bolden");
    }

    /** Waits until no thread of Alford's serves a link with Bolden in this part: in, from, replies. */
    void awaitNoThread(String part) {
        HerdThreads.awaitEnd("link-Bolden-" + part);
    }

    /** All goes on: clients are answered, Parker has noticed nothing, and Bolden may dial anew and teach. */
    void assertUnharmed(int known) throws IOException {
        try (RawClient alford = herd.connect("Alford"); RawClient parker = herd.connect("Parker")) {
            assertThat(alford.ask("IAMAT apple +1-1 7")).startsWith("AT Alford ");
            assertThat(parker.ask("IAMAT pear +1-1 7")).startsWith("AT Parker ");
        }
        try (FakeNeighbour again = dial()) {
            again.send(AT);
            herd.awaitSameStores("those of two clients and of Bolden among them", known + 3);
        }
        assertThat(herd.stored("Parker")).containsKeys("apple", "pear").containsValue(AT);
        assertThat(herd.status("Alford").links()).filteredOn(link -> link.neighbour().equals("Parker"))
                .singleElement().matches(link -> link.up() && link.incoming() && link.starts() == 1);
        assertThat(herd.log("Parker")).doesNotContain(" down");
    }

    /** This many words, as lists of digests and fingerprints have them. */
    static String words(int count) {
        StringBuilder words = new StringBuilder();
        IntStream.rangeClosed(1, count).forEach(i -> words.append(String.format(" %016x", i)));
        return words.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        herd.close();
    }
}
