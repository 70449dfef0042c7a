package dev.proxyherd.mqtt;

import static dev.proxyherd.mqtt.MqttHerd.awaitConnected;
import static dev.proxyherd.mqtt.MqttHerd.awaitReason;
import static dev.proxyherd.mqtt.MqttHerd.awaitStored;

import dev.proxyherd.mqtt.broker.BrokerAddress;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.tls.TestAuthority;
import dev.proxyherd.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that are spoken to in TLS. */
@Timeout(120)
class MqttTlsTest {
    @TempDir
    private Path dir;

    @AutoClose
    private Mosquitto broker;

    @AutoClose
    private TestHerd herd;

    private Path authority;

    @BeforeEach
    void start() throws IOException {
        TestAuthority issuer = new TestAuthority("Issuer");
        TlsFiles files = issuer.files(dir, "localhost");
        authority = Files.writeString(dir.resolve("authority.pem"), TestAuthority.pem(List.of(issuer.certificate())));
        broker = new Mosquitto(dir, "allow_anonymous true", "certfile " + files.certificate(), "keyfile " + files.key())
                .start();
        herd = new TestHerd(dir.resolve("state"), "Alford").startAll();
    }

    private void open(BrokerAddress address, Path authorities) throws IOException {
        herd.server("Alford").openMqtt(MqttHerd.settings(address, null, authorities));
    }

    @Test
    void areTrustedByTheAuthorityInAFile() throws Exception {
        open(broker.tlsAddress("localhost"), authority);
        awaitConnected(herd, "Alford");
        try (RawClient client = herd.connect("Alford")) {
            client.ask("IAMAT kiwi +1+2 3");
        }
        broker.subscribe("herd/+", "--cafile", authority.toString(), "-h", "localhost").await("herd/kiwi {");
        broker.publish("owntracks/ann/phone", MqttHerd.location("1", "2", 3), "--cafile", authority.toString(), "-h",
                "localhost");
        awaitStored(herd, "Alford", "ann/phone", " +1+2 3");
    }

    @Test
    void areRefusedWhereNobodyTrustsWhoIssuedTheirCertificate() throws Exception {
        open(broker.tlsAddress("localhost"), null);
        awaitReason(herd, "Alford",
                "its certificate is signed by nobody that this machine trusts; --mqtt-ca FILE names the "
                        + "authorities to trust");
    }

    @Test
    void areRefusedWhereTheirCertificateIsForAnotherHost() throws Exception {
        open(broker.tlsAddress("127.0.0.1"), authority);
        awaitReason(herd, "Alford", "its certificate is refused: No subject alternative names");
    }

    @Test
    void thatAreSpokenToWithoutItAreToldOf() throws Exception {
        open(broker.address(), null);
        awaitReason(herd, "Alford",
                "closed the connection without a word: does a broker listen there, and does it want TLS");
    }

    @Test
    void thatDoNotSpeakItAreToldOf() throws Exception {
        try (Mosquitto plain = Mosquitto.open(dir.resolve("plain"))) {
            open(plain.tlsAddress("localhost"), authority);
            awaitReason(herd, "Alford", "TLS");
        }
    }

    @Test
    void needAFileThatIsThereAndOneThatComesLaterWillDo() throws Exception {
        Path later = dir.resolve("later.pem");
        open(broker.tlsAddress("localhost"), later);
        awaitReason(herd, "Alford", later + ": no such file or folder");
        Files.copy(authority, later);
        awaitConnected(herd, "Alford");
    }
}
