package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.Sweeper;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.inquiry.InquiryClient;
import dev.proxyherd.link.seal.Credentials;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A peer of the first build of version 2 is spoken with for ever. What it said and heard is kept in recorded-peer-2.txt; what
 * it says there is never to be changed once a build is released.
 */
class RecordedPeerTest {
    private static final String SECRET = "00112233445566778899aabbccddeeff".repeat(2);

    @TempDir
    private Path dir;

    private final Map<String, List<String>> scripts = new LinkedHashMap<>();
    private ServerSocket listener;
    private TestHerd herd;

    @BeforeEach
    void start() throws IOException {
        try (var in = RecordedPeerTest.class.getResourceAsStream("recorded-peer-2.txt")) {
            List<String> script = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList()) {
                if (line.startsWith("== ")) {
                    script = new ArrayList<>();
                    scripts.put(line.substring(3), script);
                } else if (line.startsWith("> ") || line.startsWith("< ")) {
                    script.add(line);
                }
            }
        }
        listener = new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout((int) Await.LIMIT.toMillis());
        herd = new TestHerd(dir, "Alford").neighbour("Alford", "Bolden", listener.getLocalPort())
                .secret("Alford", SECRET).random(new SameBytes())
                .clock("Alford", InstantSource.fixed(Instant.parse("2026-11-27T12:00:00Z")))
                .timing(TestSettings.timing(Await.LIMIT, Await.LIMIT));
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
        herd.close();
    }

    private void report() throws IOException {
        try (RawClient client = herd.connect("Alford")) {
            client.ask("IAMAT kiwi +34-118 1400794645");
        }
    }

    private void play(RawClient connection, String script) throws IOException {
        new RecordedPeer(connection, SECRET).play(scripts.get(script));
    }

    @Test
    void isLetInAndTeaches() throws IOException {
        herd.start("Alford");
        try (RawClient peer = herd.connect("Alford")) {
            play(peer, "dials as LINK");
            assertThat(herd.stored("Alford", "apple")).isEqualTo("AT Bolden +0.000000001 apple +1-1 1400794645");
        }
    }

    @Test
    void isDialledAndTaught() throws IOException {
        herd.start("Alford");
        report();
        try (RawClient peer = new RawClient(listener.accept())) {
            play(peer, "accepts LINK");
        }
    }

    @ParameterizedTest
    @EnumSource(value = LinkMessage.Role.class, names = {"STATUS", "CHANGE"})
    void asksAndIsAnswered(LinkMessage.Role role) throws IOException {
        herd.start("Alford");
        report();
        try (RawClient peer = herd.connect("Alford")) {
            play(peer, "dials as " + role);
        }
    }

    @ParameterizedTest
    @EnumSource(value = LinkMessage.Role.class, names = {"STATUS", "CHANGE"})
    void isAskedAndAnswers(LinkMessage.Role role) throws Exception {
        FutureTask<String> asking = new FutureTask<>(() -> {
            try (InquiryClient client = InquiryClient.connect(role, "Bolden",
                    new ServerAddress("127.0.0.1", listener.getLocalPort()),
                    new Credentials(Secret.of(SECRET), TestSettings.PLAIN), Await.LIMIT,
                    new Sweeper())) {
                return client.status(Cutoffs.NONE) + '\n' + client.trace(List.of("kiwi")).getFirst();
            }
        });
        Thread.ofVirtual().start(asking);
        try (RawClient peer = new RawClient(listener.accept())) {
            play(peer, "accepts " + role);
            assertThat(asking.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("{}\n-");
        }
    }

    /** Gives nonces that are known beforehand. */
    private static final class SameBytes extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 0x11);
        }
    }
}
