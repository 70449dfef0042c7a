package dev.proxyherd.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host whose name stands for several addresses is reached by whichever of them accepts. */
class HostDialTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
    }

    private static List<InetAddress> addresses(String... digits) throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String one : digits) {
            addresses.add(InetAddress.getByName(one));
        }
        return addresses;
    }

    private HostDial.Dialled dial(String... digits) throws IOException {
        return HostDial.dial(digits[0], addresses(digits), listener.getLocalPort(), LIMIT);
    }

    @Test
    void byTheFirstThatAcceptsAndNamesThoseThatDidNot() throws IOException {
        HostDial.Dialled dialled = dial("127.0.0.2", "127.0.0.3", "127.0.0.1", "127.0.0.4");
        dialled.socket().close();
        assertThat(dialled.socket().getInetAddress()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(dialled.failures()).isEqualTo("127.0.0.2: Connection refused, 127.0.0.3: Connection refused");
    }

    @Test
    void namesAllWhenNoneAccepts() {
        assertThatThrownBy(() -> dial("127.0.0.2", "127.0.0.3")).isInstanceOf(IOException.class)
                .hasMessage("127.0.0.2: Connection refused, 127.0.0.3: Connection refused");
    }

    @Test
    void namesASingleAddressWhereTheHostDoesNot() {
        assertThatThrownBy(() -> dial("127.0.0.2")).isInstanceOf(IOException.class).hasMessage("Connection refused");
        assertThatThrownBy(() -> HostDial.dial("parker.lan", addresses("127.0.0.2"), listener.getLocalPort(), LIMIT))
                .hasMessage("127.0.0.2: Connection refused");
    }

    @Test
    void triesEightAtTheMost() throws IOException {
        List<String> many = new ArrayList<>(Collections.nCopies(8, "127.0.0.2"));
        many.add("127.0.0.1");
        assertThatThrownBy(() -> dial(many.toArray(String[]::new))).isInstanceOf(IOException.class);
        many.removeFirst();
        dial(many.toArray(String[]::new)).socket().close();
    }

    @Test
    void leavesTimeForTheOthersWhereOneSaysNothing() throws IOException {
        try (ServerSocket full = new ServerSocket(listener.getLocalPort(), 1, InetAddress.getByName("127.0.0.2"));
                FullBacklog queue = new FullBacklog(full)) {
            assertThat(queue.connections()).isPositive();
            HostDial.Dialled dialled = HostDial.dial("parker.lan", addresses("127.0.0.2", "127.0.0.1"),
                    listener.getLocalPort(), Duration.ofSeconds(2));
            dialled.socket().close();
            assertThat(dialled.failures()).isEqualTo("127.0.0.2: Connect timed out");
        }
    }
}
