package dev.proxyherd.link.handshake;

import dev.proxyherd.protocol.HelloValues;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import java.nio.charset.StandardCharsets;

/**
 * What both ends of a handshake prove that they have said and heard: their first lines, whole, and the certificates of the
 * connection. Whatever somebody between them changes, no proof fits any more.
 *
 * @param hello the dialler's first line
 * @param challenge the acceptor's first line
 * @param diallerCertificate SHA-256 of the certificate that the dialler showed, or {@link #NO_CERTIFICATE}
 * @param acceptorCertificate the same of the acceptor
 */
record Transcript(LinkMessage.Hello hello, LinkMessage.Challenge challenge, String diallerCertificate,
        String acceptorCertificate) {

    /** Stands for the certificate of an end that showed none. */
    static final String NO_CERTIFICATE = "-";

    /** The dialler's proof: whoever connects gets none before it. */
    String diallerProof(Secret secret) {
        return proof(secret, "dialler", "");
    }

    /** The acceptor's proof in its welcome. */
    String welcomeProof(Secret secret, HelloValues values) {
        return proof(secret, "acceptor", values.toString());
    }

    /** The acceptor's proof in its denial. */
    String denialProof(Secret secret, String reason) {
        return proof(secret, "denial", ' ' + reason);
    }

    /**
     * The first two lines keep a proof from any other use of the secret, and from any other role, version or message.
     *
     * @param rest what else the message says after the proof
     */
    private String proof(Secret secret, String message, String rest) {
        return secret.proof(String.join("\n", "herd",
                hello.role() + "/" + challenge.version() + ' ' + message, line(hello), line(challenge),
                diallerCertificate, acceptorCertificate, rest));
    }

    /** A message is written as the very line that it was read from. */
    private static String line(LinkMessage message) {
        String line = new String(LinkMessages.write(message), StandardCharsets.US_ASCII);
        return line.substring(0, line.length() - 1);
    }
}
