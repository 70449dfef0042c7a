package dev.proxyherd.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.Documents;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The handshake that protocol.md shows proves what it says. */
class DocumentedProofTest {
    private static LinkMessage parse(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
        return LinkMessages.parse(bytes, 0, bytes.length, 0);
    }

    @Test
    void isThatOfTheSecretBesideIt() throws IOException {
        String section = Documents.section(Documents.PROTOCOL, "The links' handshake");
        List<LinkMessage> said =
                Documents.blocks(section).get(1).text().lines().map(DocumentedProofTest::parse).toList();
        Passphrase passphrase = new Passphrase("correct horse battery staple".getBytes(StandardCharsets.US_ASCII));
        byte[] key = passphrase.key();
        assertThat(section).contains("secret `correct horse battery staple`", '`' + HexFormat.of().formatHex(key) + '`',
                String.format("%,d rounds", Passphrase.ROUNDS), '`' + Passphrase.SALT + '`');
        Secret secret = Secret.of(HexFormat.of().formatHex(key));
        Transcript transcript =
                new Transcript((LinkMessage.Hello) said.get(0), (LinkMessage.Challenge) said.get(1), "-", "-");
        assertThat(said.get(2)).isEqualTo(new LinkMessage.Proof(transcript.diallerProof(secret)));
        LinkMessage.Welcome welcome = (LinkMessage.Welcome) said.get(3);
        assertThat(welcome.proof()).isEqualTo(transcript.welcomeProof(secret, welcome.values()));
    }

    /** What this build says is what is shown. */
    @Test
    void listsTheAbilitiesThatThisBuildHas() throws IOException {
        String section = Documents.section(Documents.PROTOCOL, "The links' handshake");
        for (LinkMessage.Role role : LinkMessage.Role.values()) {
            assertThat(section).contains("`" + Ability.list(role) + "`");
        }
        for (Ability ability : Ability.values()) {
            assertThat(section).contains("| `" + ability.word() + "` |");
        }
    }
}
