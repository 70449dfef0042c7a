package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports that ask for no token, though the operator asks for tokens. */
class OpenPortsTest {
    @TempDir
    Path dir;

    private Path tokens;

    @BeforeEach
    void write() throws IOException {
        tokens = Files.writeString(dir.resolve("tokens.json"), "{\"tokens\": []}");
    }

    private ServerConfig config(TokenSettings settings) throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford").tokens(settings)) {
            herd.listenTls("Alford");
            return herd.config("Alford");
        }
    }

    @Test
    void areWarnedOfWhereOthersReachThem() throws IOException {
        InetAddress reached = InetAddress.getByName("192.0.2.1");
        ServerConfig config = config(new TokenSettings(tokens, null));
        assertThat(OpenPorts.lines(config, reached)).contains("anybody who reaches 127.0.0.1:", "firewall");
        assertThat(OpenPorts.tls(config, reached)).contains("--listen-tls 127.0.0.1:", "--tls-client-ca");
        assertThat(OpenPorts.tls(config(new TokenSettings(tokens, dir)), reached)).as("certificates are asked for")
                .isNull();
    }

    @Test
    void areNotWarnedOfWhereOnlyThisMachineReachesThemOrNobodyAsksForTokens() throws IOException {
        ServerConfig config = config(new TokenSettings(tokens, null));
        assertThat(OpenPorts.lines(config, InetAddress.getLoopbackAddress())).isNull();
        assertThat(OpenPorts.tls(config, InetAddress.getLoopbackAddress())).isNull();
        ServerConfig open = config(TokenSettings.NONE);
        assertThat(OpenPorts.lines(open, InetAddress.getByName("192.0.2.1"))).isNull();
        assertThat(OpenPorts.tls(open, InetAddress.getByName("192.0.2.1"))).isNull();
    }

    @Test
    void openNotAtAllWhereTheFileCannotBeRead() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford").tokens(new TokenSettings(dir.resolve("none.json"), null))) {
            assertThatThrownBy(() -> herd.start("Alford")).hasMessageContaining("none.json: no such file or folder");
        }
        Files.writeString(tokens, "{\"tokens\": [}");
        try (TestHerd herd = new TestHerd(dir, "Alford").tokens(new TokenSettings(tokens, null))) {
            assertThatThrownBy(() -> herd.start("Alford")).hasMessageContaining("tokens.json: line 1 column");
        }
    }
}
