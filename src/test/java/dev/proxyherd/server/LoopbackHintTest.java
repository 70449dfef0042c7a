package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.HostDial;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that only its own machine reaches, though its neighbours are elsewhere, says so. */
class LoopbackHintTest {
    @TempDir
    private Path dir;

    private static List<String> hints(String own, String... neighbours) throws IOException {
        HostDial.Names names = host -> {
            if (host.equals("unknown")) {
                throw new UnknownHostException(host);
            }
            return List.of(InetAddress.getByName(host.equals("parker.lan") ? "10.0.0.7" : host));
        };
        Map<String, ServerAddress> known = new java.util.LinkedHashMap<>();
        for (String neighbour : neighbours) {
            known.put("N" + known.size(), new ServerAddress(neighbour, 12000));
        }
        List<String> hints = new ArrayList<>();
        LoopbackHint.give(new ServerAddress("alford.lan", 12000), InetAddress.getByName(own), known, names, hints::add);
        return hints;
    }

    @Test
    void namesItsAddressThatOfANeighbourAndTheMend() throws IOException {
        assertThat(hints("127.0.1.1", "unknown", "127.0.0.1", "parker.lan", "10.0.0.8")).singleElement().asString()
                .startsWith(
                        "this server listens on alford.lan:12000, which is 127.0.1.1 and can be reached from this machine only")
                .contains("its neighbour N2 is at 10.0.0.7", "--listen", "/etc/hosts");
    }

    @Test
    void isGivenForNoOther() throws IOException {
        assertThat(hints("127.0.0.1", "127.0.0.1", "127.0.0.2", "::1", "unknown")).isEmpty();
        assertThat(hints("10.0.0.1", "10.0.0.7")).isEmpty();
        assertThat(hints("0.0.0.0", "10.0.0.7")).isEmpty();
    }

    /** What means all interfaces is no loopback address, and whoever dials it stays on this machine. */
    @Test
    void comesFromAServerThatHasStarted() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Parker").link("Alford", "Parker")
                .neighbour("Alford", "Parker", "0.0.0.0", FreePorts.next())) {
            herd.start("Alford");
            herd.awaitWarning("Alford", "but its neighbour Parker is at 0.0.0.0; ");
        }
    }
}
