package dev.proxyherd.gateway;

import static dev.proxyherd.gateway.ApiAnswers.get;
import static dev.proxyherd.gateway.ApiAnswers.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/clients}: pages of clients. */
class ClientPagesTest {
    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException {
        gateway = new TestGateway(dir);
    }

    @Test
    void holdEveryClientOnce() throws IOException {
        for (int i = 0; i < 25; i++) {
            gateway.hear("c" + i + " +1+" + i + " 3");
        }

        List<String> seen = new ArrayList<>();
        JsonObject page = get(gateway, "/api/clients?limit=10");
        seen.addAll(ids(page));
        while (page.get("more").getAsBoolean()) {
            page = get(gateway, "/api/clients?limit=10&cursor=" + page.get("cursor").getAsString());
            seen.addAll(ids(page));
        }

        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void neverMissAClientThatReportsWhileTheyAreTurned() throws IOException {
        for (int i = 0; i < 20; i++) {
            gateway.hear("c" + i + " +1+" + i + " 3");
        }
        JsonObject first = get(gateway, "/api/clients?limit=10");
        String seen = ids(first).getFirst();
        gateway.hear(seen + " +5+5 4");

        JsonObject second = get(gateway, "/api/clients?limit=20&cursor=" + first.get("cursor").getAsString());

        assertThat(ids(second)).hasSize(11).endsWith(seen);
        assertThat(second.toString()).contains("[5,5]");
    }

    @Test
    void linkToTheNextWhileThereIsOne() throws IOException {
        gateway.hear("a +1+1 3");
        gateway.hear("b +1+1 3");

        assertThat(RawHttp.get(gateway.port(), "/api/clients?limit=1").header("Link"))
                .matches("<clients\\?cursor=[0-9a-z]+-1-[0-9]+&limit=1>; rel=\"next\"");
        assertThat(RawHttp.get(gateway.port(), "/api/clients?limit=2").header("Link")).isNull();
    }

    @Test
    void goOnAfterTheLastWithWhatHasChanged() throws IOException {
        gateway.hear("a +1+1 3");
        gateway.hear("b +1+1 3");
        String cursor = get(gateway, "/api/clients").get("cursor").getAsString();
        gateway.hear("a +2+2 4");

        assertThat(ids(get(gateway, "/api/clients?cursor=" + cursor))).containsExactly("a");
    }

    @Test
    void doNotGoOnFromWhatIsYetToCome() throws IOException {
        gateway.hear("a +1+1 3");
        String cursor = get(gateway, "/api/clients").get("cursor").getAsString();
        assertThat(ids(get(gateway, "/api/clients?cursor=" + cursor))).isEmpty();

        for (String box : List.of("", "&bbox=0,0,2,2")) {
            RawHttp.Answer answer = RawHttp.get(gateway.port(), "/api/clients?cursor=" + cursor + "0" + box);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("take the one that the last page gave");
        }
    }

    @Test
    void canBeLimitedToABoxAndATime() throws IOException {
        gateway.hear("fiji-west -17+179.5 100");
        gateway.hear("fiji-east -17-179.5 200");
        gateway.hear("home +34-118 300");

        assertThat(ids(get(gateway, "/api/clients?bbox=179,-20,-179,-10"))).containsExactlyInAnyOrder("fiji-west",
                "fiji-east");
        assertThat(ids(get(gateway, "/api/clients?since=150"))).containsExactlyInAnyOrder("fiji-east", "home");
        assertThat(ids(get(gateway, "/api/clients?since=150&bbox=179,-20,-179,-10"))).containsExactly("fiji-east");
    }

    @Test
    void leaveOutClientsThatHaveExpired() throws IOException {
        gateway.hear("old +1+1 100");
        gateway.hear("new +1+1 2000");
        assertThat(ids(get(gateway, "/api/clients"))).containsExactlyInAnyOrder("old", "new");

        gateway.cutoffNanos.set(1_000_000_000_000L);

        assertThat(ids(get(gateway, "/api/clients"))).containsExactly("new");
        assertThat(ids(get(gateway, "/api/nearby?lat=1&lon=1"))).containsExactly("new");
    }
}
