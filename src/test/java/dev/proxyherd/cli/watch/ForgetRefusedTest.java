package dev.proxyherd.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.cli.CommandRun;
import dev.proxyherd.protocol.HelloValues;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code herd forget}, asked of one server that knows the client and does not write that it is gone. */
class ForgetRefusedTest {
    private static final HelloValues VALUES =
            HelloValues.NONE.with("abilities", "trace,forget").with("expireAfter", "0").with("forgetKeep", "0");

    @TempDir
    private Path dir;

    /** Tells what it holds, on a first connection, and gives this answer, if any, on a second one, which it closes. */
    private static void serve(ServerSocket listener, String answer) {
        try (FakeNeighbour status = accept(listener)) {
            status.expect(LinkMessage.TraceWanted.class);
            status.send("0 AT Alford +0.000000001 kiwi +34-118 7");
            try (FakeNeighbour change = accept(listener)) {
                change.expect(LinkMessage.Forget.class);
                change.connection().send(answer);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FakeNeighbour accept(ServerSocket listener) throws IOException {
        FakeNeighbour link = new FakeNeighbour(new RawClient(listener.accept()));
        link.welcome(link.expect(LinkMessage.Hello.class), VALUES);
        return link;
    }

    private String forget(String answer) throws IOException, ExecutionException, InterruptedException {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout((int) Await.LIMIT.toMillis());
            Path topology = Files.writeString(dir.resolve("herd-topology.json"),
                    "{\"servers\": {\"Alford\": {\"host\": \"127.0.0.1\", \"port\": " + listener.getLocalPort()
                            + "}}, \"links\": []}");
            Path secret = Files.writeString(dir.resolve("secret"), TestHerd.SECRET);
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(listener, answer));
            CommandRun run = CommandRun.of("forget", "kiwi", "--topology", topology.toString(), "--secret-file",
                    secret.toString(), "--state-dir", dir.resolve("state").toString(), "--timeout", "30s");
            served.get();
            assertThat(run.code()).as(run.out() + run.err()).isNotZero();
            return run.err();
        }
    }

    @Test
    void saysWhyInTheServersWords() throws Exception {
        assertThat(forget("! it still reads its journal\n")).contains("nothing was forgotten: Alford: 127.0.0.1:",
                ": it still reads its journal").doesNotContain("cannot be read");
    }

    @Test
    void doesNotClaimThatNothingWasForgottenWhereTheAnswerIsMissing() throws Exception {
        assertThat(forget("")).contains("they may have been forgotten in part: ask again: Alford: 127.0.0.1:")
                .doesNotContain("nothing was forgotten");
    }
}
