package dev.proxyherd.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.Documents;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The handshake that protocol.md shows proves what it says. */
class DocumentedProofTest {
    @Test
    void isThatOfTheSecretBesideIt() throws IOException {
        String section = Documents.section(Documents.PROTOCOL, "The links' handshake");
        List<String[]> said = Documents.blocks(section).get(1).text().lines().map(line -> line.split(" ")).toList();
        assertThat(section).contains("secret `correct horse battery staple`");
        Secret secret = Secret.of("correct horse battery staple");
        String dialler = said.get(0)[5];
        String acceptor = said.get(1)[2];
        assertThat(said.get(1)[3]).isEqualTo(secret.proof("LINK/1 acceptor", "Alford", "Parker", dialler, acceptor));
        assertThat(said.get(2)[1]).isEqualTo(secret.proof("LINK/1 dialler", "Alford", "Parker", dialler, acceptor));
    }
}
