package dev.proxyherd.link.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.io.HostDial;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A neighbour's name is looked up for every dial, and may stand for several addresses. */
class DiallerTest {
    private ServerSocket one;
    private ServerSocket other;
    private List<String> addresses = List.of();
    private boolean outOfThreads;
    private Dialler dialler;

    @BeforeEach
    void listen() throws IOException {
        one = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        other = new ServerSocket(one.getLocalPort(), 5, InetAddress.getByName("127.0.0.2"));
        HostDial.Names names = host -> {
            List<InetAddress> found = new ArrayList<>();
            for (String digits : addresses) {
                found.add(InetAddress.getByName(digits));
            }
            return found;
        };
        dialler = new Dialler(new ServerAddress("parker.lan", one.getLocalPort()), Duration.ofSeconds(10), names,
                task -> {
                    if (outOfThreads) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return new Thread(task);
                });
    }

    @AfterEach
    void stop() throws IOException {
        one.close();
        other.close();
    }

    private String dial() throws IOException, InterruptedException {
        try (Socket socket = dialler.dial().socket()) {
            return socket.getInetAddress().getHostAddress();
        }
    }

    @Test
    void anewForEachDial() throws Exception {
        addresses = List.of("127.0.0.1");
        assertThat(dial()).isEqualTo("127.0.0.1");
        addresses = List.of("127.0.0.2");
        assertThat(dial()).isEqualTo("127.0.0.2");
    }

    @Test
    void thoughTheSystemHadNoThreadForTheLookUpBefore() throws Exception {
        addresses = List.of("127.0.0.1");
        outOfThreads = true;
        assertThatThrownBy(this::dial).isInstanceOf(OutOfMemoryError.class);
        outOfThreads = false;
        assertThat(dial()).isEqualTo("127.0.0.1");
    }

    @Test
    void andTheOneThatAcceptsIsNamed() throws Exception {
        addresses = List.of("127.0.0.3", "127.0.0.2");
        assertThat(dial()).isEqualTo("127.0.0.2");
        assertThat(dialler).hasToString("parker.lan:" + one.getLocalPort() + ", 127.0.0.2");
        addresses = List.of("127.0.0.3");
        assertThatThrownBy(this::dial).hasMessage("127.0.0.3: Connection refused");
        assertThat(dialler).hasToString("parker.lan:" + one.getLocalPort());
    }

    @Test
    void andTheOneWhereSomebodyElseAnswersComesLast() throws Exception {
        addresses = List.of("127.0.0.1", "127.0.0.2");
        assertThat(dial()).isEqualTo("127.0.0.1");
        dialler.distrust();
        assertThat(dial()).isEqualTo("127.0.0.2");
        other.close();
        assertThat(dial()).isEqualTo("127.0.0.1");
    }
}
