package dev.proxyherd.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.server.TestHerd;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDoorsTest {
    @TempDir
    private Path dir;

    @Test
    void isWhatServersUnderstand() throws IOException, InterruptedException {
        try (TestHerd herd = new TestHerd(dir, "Alford").startAll()) {
            new TrainingDoors(new ServerAddress("127.0.0.1", herd.openHttp("Alford"))).visit(40);
            assertThat(herd.stored("Alford")).hasSize(8).containsKeys("phone-0", "phone-0/phone");
        }
    }

    @Test
    void failsWhereItIsNotUnderstood() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford").startAll()) {
            ServerAddress linePort = new ServerAddress("127.0.0.1", herd.port("Alford"));
            assertThatThrownBy(() -> new TrainingDoors(linePort).visit(40)).isInstanceOf(IOException.class)
                    .hasMessageStartingWith("an HTTP port that trains: ");
        }
    }
}
