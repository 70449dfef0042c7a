package dev.proxyherd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.Documents;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What protocol.md shows is said by neighbours and clients as it stands there. */
class DocumentedMessagesTest {
    private static List<String> lines(String heading, int block) throws IOException {
        return Documents.blocks(Documents.section(Documents.PROTOCOL, heading)).get(block).text().lines().toList();
    }

    static List<String> messages() throws IOException {
        return Stream.of(lines("The links' handshake", 1), lines("On an open link", 0), lines("STATUS and TRACE", 0))
                .flatMap(List::stream).toList();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void areReadAndWrittenAsShown(String line) {
        byte[] bytes = Ascii.bytes(line);
        LinkMessage message = LinkMessages.parse(bytes, 0, bytes.length, 0);
        assertThat(message).isNotInstanceOf(LinkMessage.Unknown.class);
        assertThat(LinkMessages.write(message)).asString().isEqualTo(line + '\n');
    }

    @Test
    void ofClientsAreValidButForTheLast() throws IOException {
        List<Command> said = lines("Commands", 0).stream().filter(line -> line.startsWith("> "))
                .map(line -> Ascii.bytes(line.substring(2))).map(line -> CommandParser.parse(line, 0, line.length))
                .toList();
        assertThat(said).hasExactlyElementsOfTypes(Command.IAmAt.class, Command.WhatsAt.class, Command.Malformed.class);
    }

    @Test
    void showAFingerprintAndABucketOfTheWorkedExample() throws IOException {
        byte[] line = Ascii.bytes(lines("On an open link", 0).getFirst());
        LocationStore store = new LocationStore(
                new SipHash(Secret.of("correct horse battery staple").derive("locations")), null);
        Location location = store.take(Objects.requireNonNull(Location.parse(line, 0, line.length, 0)));
        assertThat(location).isNotNull();
        String fingerprint = HexFormat.of().toHexDigits(location.fingerprint());
        int bucket = store.bucketOf(location);
        byte[] bytes = HexFormat.of().parseHex(fingerprint);
        assertThat(lines("On an open link", 0))
                .contains("ENTRIES " + bucket + " . " + Base64.getEncoder().encodeToString(bytes));
        assertThat(Documents.section(Documents.PROTOCOL, "Resync")).contains('`' + fingerprint + '`',
                "bucket " + bucket, "`correct horse battery staple`");
    }
}
