package dev.proxyherd.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** What a server that dials believes, and what both ends tell when they do not believe each other. */
class HandshakeTest {
    @TempDir
    private Path dir;

    @Test
    void betweenServersWithDifferentSecretsIsRefusedAndBothLogItOnce() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").throughProxies()
                .secret("Bolden", "not the herd's secret").startAll()) {
            Await.until("both have tried again and again", () -> herd.proxy("Alford", "Bolden").connections() >= 8
                    && herd.proxy("Bolden", "Alford").connections() >= 8);
            for (String name : herd.names()) {
                String other = name.equals("Alford") ? "Bolden" : "Alford";
                String fault = " does not hold the same secret as ";
                herd.awaitLog(name, "): refused: " + other + fault + name);
                herd.awaitLog(name, "no link from 127.0.0.1: it refused: " + name + fault + other);
                assertThat(herd.log(name).split(fault, -1)).as(herd.log(name)).hasSize(3);
                assertThat(herd.log(name)).doesNotContain(" up (");
            }
        }
    }

    /** Lets a server dial, answers its opening with what {@code answer} makes of it, and returns what it says then. */
    private String replyTo(ServerSocket listener, UnaryOperator<String> answer) throws IOException {
        try (RawClient dialler = new RawClient(listener.accept())) {
            dialler.send(answer.apply(dialler.readLine()) + '\n');
            return dialler.readToEnd();
        }
    }

    private void isNotBelieved(UnaryOperator<String> answer, String said, String logged) throws IOException {
        try (ServerSocket listener = new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress());
                TestHerd herd = new TestHerd(dir, "Alford").neighbour("Alford", "Bolden", listener.getLocalPort())
                        .timing(TestSettings.timing(Await.LIMIT, Await.LIMIT))) {
            listener.setSoTimeout((int) Await.LIMIT.toMillis());
            herd.start("Alford");
            try (RawClient client = herd.connect("Alford")) {
                client.ask("IAMAT kiwi +34-118 1400794645");
            }
            assertThat(replyTo(listener, answer)).isEqualTo(said);
            herd.awaitLog("Alford", "no link to Bolden (127.0.0.1:" + listener.getLocalPort() + "): " + logged);
            listener.close();
        }
    }

    @Test
    void withWhatIsNoServerOfTheHerdShowsItNothing() throws IOException {
        isNotBelieved(hello -> "? " + hello, "", "what answers there is not a herd server");
    }

    @Test
    void withAnotherVersionIsRefused() throws IOException {
        isNotBelieved(hello -> "HERD 2 00 00", "REFUSED version 2 of the link protocol is not spoken here, 1 is\n",
                "refused: version 2 of the link protocol is not spoken here, 1 is");
    }

    @Test
    void withAWrongProofIsRefused() throws IOException {
        isNotBelieved(hello -> "HERD 1 00 " + "0".repeat(64),
                "REFUSED Bolden does not hold the same secret as Alford\n",
                "refused: Bolden does not hold the same secret as Alford");
    }

    @Test
    void withOneWhoRefusesTellsHisReason() throws IOException {
        isNotBelieved(hello -> "REFUSED I do not like you", "", "it refused: I do not like you");
    }

    @Test
    @Execution(CONCURRENT)
    void isGivenUpWhenTheOtherEndSaysNothing() throws IOException {
        try (ServerSocket listener = new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress());
                TestHerd herd = new TestHerd(dir, "Alford").neighbour("Alford", "Bolden", listener.getLocalPort())
                        .timing(TestSettings.timing(Duration.ofSeconds(15), Duration.ofSeconds(1)))) {
            listener.setSoTimeout((int) Await.LIMIT.toMillis());
            herd.start("Alford");
            try (FakeNeighbour silent = new FakeNeighbour(new RawClient(listener.accept()))) {
                silent.expect(LinkMessage.Hello.class);
                herd.awaitLog("Alford",
                        "no link to Bolden (127.0.0.1:" + listener.getLocalPort() + "): no handshake within ");
                listener.accept().close(); // it has dialled again
                listener.close();
            }
        }
    }
}
