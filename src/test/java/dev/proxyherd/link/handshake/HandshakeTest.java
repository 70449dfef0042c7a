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
                .secret("Bolden", "ffeeddccbbaa99887766554433221100".repeat(2)).startAll()) {
            Await.until("both have tried again and again", () -> herd.proxy("Alford", "Bolden").connections() >= 8
                    && herd.proxy("Bolden", "Alford").connections() >= 8);
            for (String name : herd.names()) {
                String other = name.equals("Alford") ? "Bolden" : "Alford";
                String fault = " does not hold the same secret as ";
                herd.awaitLog(name, "): it refused: " + name + fault + other);
                herd.awaitLog(name, "no link from 127.0.0.1: refused: " + other + fault + name);
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
        isNotBelieved(hello -> "? " + hello, "",
                "what answers there is not a herd server, or one of another version");
    }

    @Test
    void withAnotherVersionIsRefused() throws IOException {
        String reason = "Bolden speaks version 3 of the links' language, and Alford version 2; "
                + "run builds that have one in common";
        isNotBelieved(hello -> "HERD 3 00 what that version says", "REFUSED " + reason + '\n', "refused: " + reason);
    }

    @Test
    void withTheFirstVersionTellsWhatThatOneSays() throws IOException {
        String reason = "version 2 of the link protocol is not spoken here, 1 is";
        isNotBelieved(hello -> "REFUSED " + reason, "", "it refused: " + reason);
    }

    @Test
    void withOneWhoLacksWhatALinkNeedsIsRefused() throws IOException {
        String reason =
                "Bolden lacks what a link to Alford needs (resync, gone); run a newer build there, or the same on both";
        isNotBelieved(hello -> "HERD 2 00 abilities=other expireAfter=0", "REFUSED " + reason + '\n',
                "refused: " + reason);
    }

    /** Answers a dialler's first line, and then its proof with this. */
    private void isNotBelievedAfterItsProof(String answer, String logged) throws IOException {
        try (ServerSocket listener = new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress());
                TestHerd herd = new TestHerd(dir, "Alford").neighbour("Alford", "Bolden", listener.getLocalPort())) {
            listener.setSoTimeout((int) Await.LIMIT.toMillis());
            herd.start("Alford");
            try (FakeNeighbour end = new FakeNeighbour(new RawClient(listener.accept()))) {
                end.expect(LinkMessage.Hello.class);
                end.send(new LinkMessage.Challenge(2, "00", FakeNeighbour.VALUES));
                end.expect(LinkMessage.Proof.class);
                end.send(answer);
                herd.awaitLog("Alford", "no link to Bolden (127.0.0.1:" + listener.getLocalPort() + "): " + logged);
            }
            listener.close();
            assertThat(herd.status("Alford").links().getFirst().namesake()).isNull();
            assertThat(herd.log("Alford")).doesNotContain(" up (");
        }
    }

    @Test
    void withAWrongProofIsRefused() throws IOException {
        isNotBelievedAfterItsProof("WELCOME " + "0".repeat(64),
                "refused: Bolden does not hold the same secret as Alford");
    }

    @Test
    void withOneWhoWelcomesWithoutAProofIsNone() throws IOException {
        isNotBelievedAfterItsProof("WELCOME", "it did not say WELCOME after our proof");
    }

    @Test
    void tellsOfANamesakeOnlyWhenThatIsProved() throws IOException {
        isNotBelievedAfterItsProof("DENIED " + "0".repeat(64) + " another server called Alford is running",
                "refused: Bolden does not hold the same secret as Alford");
        isNotBelievedAfterItsProof("REFUSED another server called Alford is running",
                "it refused: another server called Alford is running");
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
