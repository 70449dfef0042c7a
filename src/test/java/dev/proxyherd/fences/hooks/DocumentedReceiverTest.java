package dev.proxyherd.fences.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingKind;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.gateway.api.CrossingJson;
import dev.proxyherd.log.Faults;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver in fences.md takes what is signed with its key, and nothing else. */
class DocumentedReceiverTest {
    private static final Pattern PROGRAM = Pattern.compile("(?s)```python\n(.*?)```");
    private static final HookKey KEY =
            new HookKey("a key of thirty-two bytes for it".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    private Path dir;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private int port;
    private Process receiver;
    private Path printed;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
        Matcher program = PROGRAM.matcher(Files.readString(Path.of("src/doc/fences.md")));
        assertThat(program.find()).isTrue();
        port = FreePorts.next();
        Path script = Files.writeString(dir.resolve("receiver.py"), program.group(1).replace("9000", "" + port));
        printed = dir.resolve("printed");
        receiver = new ProcessBuilder("/usr/bin/python3", script.toString(), KEY.text()).redirectErrorStream(true)
                .redirectOutput(printed.toFile()).start();
    }

    @AfterEach
    void stop() {
        if (receiver != null) {
            receiver.destroyForcibly();
        }
    }

    private Webhooks open(HookKey key) throws IOException {
        Fence plain = SomeFences.of("yard", 0, SomeFences.box(0, 0, 1, 1));
        Fence yard = new Fence("yard", "The yard", plain.clients(), plain.events(), 0,
                URI.create("http://127.0.0.1:" + port + '/'), plain.shape());
        Fences fences = SomeFences.compiled(List.of(yard));
        Webhooks webhooks = Webhooks.open(
                new HookSettings(dir.resolve("outbox"), 1 << 20, Outbox.Sync.SOON, key, Await.LIMIT,
                        Duration.ofMillis(20), InstantSource.system(), new Random(1), new Faults(warnings::add),
                        warnings::add),
                () -> fences, CrossingJson::of);
        webhooks.crossed(List.of(new Crossing(yard, CrossingKind.ENTER,
                RandomLocations.at("AT Alford +0.000000000 van-8 +0.5+0.5 1795795200.10152"))));
        return webhooks;
    }

    @Test
    void takesWhatIsSignedWithItsKeyAndPrintsIt() throws IOException {
        try (Webhooks webhooks = open(KEY)) {
            Await.until("it has arrived", () -> webhooks.status().delivered() == 1);
        }
        assertThat(Files.readString(printed)).startsWith("{\"type\":\"fence.enter\",\"timestamp\":\"")
                .contains("\"client\":\"van-8\",\"time\":\"1795795200.10152\"");
    }

    @Test
    void refusesWhatIsSignedWithAnother() throws IOException {
        byte[] other = new byte[32];
        try (Webhooks webhooks = open(new HookKey(other))) {
            Await.until("it is refused", () -> webhooks.status().failures().toString().contains("answered 401"));
            assertThat(webhooks.status().delivered()).isZero();
        }
        assertThat(Files.readString(printed)).startsWith("not signed by this herd\n");
    }
}
