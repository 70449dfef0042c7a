package dev.proxyherd.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.tls.TestAuthority.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which certificates are taken, and why others are not. */
class AuthoritiesTest {
    private final Instant now = Instant.now();
    private static final Set<String> BOLDEN = Set.of("Bolden", "b.example.org");

    @TempDir
    private Path dir;

    private final TestAuthority root = new TestAuthority("root");
    private Authorities authorities;

    @BeforeEach
    void trust() throws IOException {
        authorities = trusting(root);
    }

    private Authorities trusting(TestAuthority... trusted) throws IOException {
        Path bundle = dir.resolve("ca.pem");
        Files.writeString(bundle,
                TestAuthority.pem(List.of(trusted).stream().map(TestAuthority::certificate).toList()));
        return Authorities.read(bundle);
    }

    private String objection(Identity identity) {
        return authorities.objection(identity.chain(), now, BOLDEN);
    }

    private String objection(Wanted wanted) {
        return objection(root.issue("Bolden", wanted));
    }

    @Test
    void oneThatAnAuthorityHasIssuedIsTaken() {
        assertThat(objection(new Wanted().dns("BOLDEN"))).isNull();
        assertThat(objection(new Wanted().dns("x").dns("b.example.org").serverAuth())).isNull();
        assertThat(objection(new Wanted().dns("Bolden").clientAuth())).isNull();
    }

    @Test
    void oneMayStandOnFurtherOnesThatAreShownWithIt() {
        Identity low = root.below("middle").below("low").issue("Bolden", new Wanted().dns("Bolden"));
        assertThat(objection(low)).isNull();
        Identity alone = new Identity(low.key(), low.chain().subList(0, 1));
        assertThat(objection(alone)).contains("does not come from an authority in ", "CN=low has issued it");
    }

    @Test
    void itIsEnoughToTrustTheOneThatHasIssuedIt() throws IOException {
        TestAuthority middle = root.below("middle");
        authorities = trusting(new TestAuthority("unused"), middle);
        assertThat(objection(middle.issue("Bolden", new Wanted().dns("Bolden")))).isNull();
    }

    @Test
    void oneOfAnotherAuthorityOfTheSameNameIsRefused() {
        assertThat(objection(new TestAuthority("root").issue("Bolden", new Wanted().dns("Bolden"))))
                .startsWith("the certificate CN=Bolden does not come from an authority in " + dir);
    }

    @Test
    void oneThatAServerHasIssuedIsRefused() throws IOException {
        Identity server = root.issue("root", new Wanted().dns("Welsh"));
        Identity forged = new TestAuthority("root").issue("Bolden", new Wanted().dns("Bolden"));
        assertThat(objection(new Identity(forged.key(),
                List.of(forged.chain().getFirst(), server.chain().getFirst())))).contains("does not come from");
    }

    @Test
    void oneThatIsNoAuthoritysIsTrustedForItselfAlone() throws IOException {
        TestAuthority server = TestAuthority.withServersCertificate("Welsh");
        Identity forged = server.issue("Bolden", new Wanted().dns("Bolden"));
        authorities = trusting(server);
        assertThat(objection(forged)).contains("CN=Bolden does not come from an authority in ", "for itself alone");
        assertThat(authorities.objection(List.of(server.certificate()), now, Set.of("Welsh"))).isNull();
        authorities = trusting(server, root);
        assertThat(objection(forged)).contains("CN=Bolden does not come from an authority in ");
        assertThat(objection(new Wanted().dns("Bolden"))).isNull();
    }

    @Test
    void oneThatIsNotValidNowIsRefused() {
        assertThat(objection(new Wanted().dns("Bolden").valid(now.minusSeconds(9), now.minusSeconds(2))))
                .contains(" has expired at ");
        assertThat(objection(new Wanted().dns("Bolden").valid(now.plusSeconds(9), now.plusSeconds(20))))
                .contains(" is not valid before ");
    }

    @Test
    void theReasonStaysTheSameWhileTimeGoesOn() {
        for (Wanted wanted : List.of(new Wanted().valid(now.minusSeconds(9), now.minusSeconds(2)),
                new Wanted().valid(now.plusSeconds(9), now.plusSeconds(20)))) {
            Identity identity = root.issue("Bolden", wanted.dns("Bolden"));
            assertThat(authorities.objection(identity.chain(), now.plusSeconds(5), BOLDEN))
                    .isEqualTo(authorities.objection(identity.chain(), now, BOLDEN)).isNotNull();
        }
    }

    @Test
    void oneWhoseAuthorityIsNotValidAnyMoreIsRefused() {
        Instant late = now.plus(Duration.ofDays(200));
        Identity longer = root.issue("Bolden", new Wanted().dns("Bolden").valid(now, late.plusSeconds(9)));
        assertThat(authorities.objection(longer.chain(), late, BOLDEN))
                .contains("CN=Bolden comes from an authority whose own certificate has expired at ");
        Identity below = root.below("middle").issue("Bolden",
                new Wanted().dns("Bolden").valid(now, late.plusSeconds(9)));
        assertThat(authorities.objection(below.chain(), late, BOLDEN))
                .contains("CN=Bolden stands on one (CN=middle) that has expired at ");
    }

    @Test
    void oneForSomethingElseIsRefused() {
        assertThat(objection(new Wanted().dns("Bolden").codeSigning())).contains("is not for TLS");
        assertThat(objection(new Wanted().dns("Bolden").keyAgreement())).contains("is not for TLS");
    }

    @Test
    void noneIsNoAnswer() {
        assertThat(authorities.objection(List.of(), now, BOLDEN))
                .isEqualTo("no certificate is shown, and one is wanted here (--tls-ca)");
    }

    @Test
    void whatItsMakerWroteCannotSpeakToATerminal() throws IOException {
        Identity odd = new TestAuthority("root").issue("Bo\u001b[2Jlden\n\u00e9", new Wanted().dns("x"));
        assertThat(objection(odd)).matches("[ -~]+");
        Identity endless = root.issue("x".repeat(5_000), new Wanted().dns("y".repeat(5_000)));
        assertThat(objection(endless)).hasSizeLessThanOrEqualTo(800);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.7,10.0.0.7,true", "10.0.0.7,10.0.0.8,false", "::1,0:0:0:0:0:0:0:1,true",
        "a.example.org,*.example.org,true", "a.b.example.org,*.example.org,false", "example.org,*.example.org,false",
        "Alford,*,false", "10.0.0.7,*.0.0.7,false"})
    void aHostIsComparedAsItIsWritten(String host, String in, boolean fits) throws IOException {
        Wanted wanted = in.matches("[0-9:.]+") ? new Wanted().ip(in) : new Wanted().dns(in);
        CertificateNames names = CertificateNames.of(root.issue("x", wanted).chain().getFirst());
        assertThat(names.matchesAny(Set.of(host))).isEqualTo(fits);
    }

    @Test
    void withoutAlternativeNamesItIsForNobody() {
        assertThat(objection(new Wanted())).contains("is for no name (it has no subject alternative names), not for ");
    }
}
