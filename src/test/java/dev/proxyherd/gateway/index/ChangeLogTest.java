package dev.proxyherd.gateway.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
    /** As many forgotten clients as are remembered. */
    private static final int MANY = 1_000;

    private final ChangeLog log = new ChangeLog(MANY);

    private static TrackedClient known(String id) {
        byte[] line = ("AT A +0.000000000 " + id + " +1+2 3").getBytes(StandardCharsets.US_ASCII);
        TrackedClient client = new TrackedClient(id);
        client.take(Location.parse(line, 0, line.length, 0));
        return client;
    }

    private List<String> after(long number) {
        List<String> ids = new ArrayList<>();
        log.after(number, client -> ids.add(client.client()));
        return ids;
    }

    @Test
    void tellsEachClientOnceInTheOrderOfItsLastChange() {
        TrackedClient a = known("a");
        TrackedClient b = known("b");
        log.changed(a);
        log.changed(b);
        log.changed(a);

        assertThat(after(0)).containsExactly("b", "a");
        assertThat(after(2)).containsExactly("a");
        assertThat(after(3)).isEmpty();
        assertThat(log.last()).isEqualTo(3);
        assertThat(log.number(b)).isEqualTo(2);
    }

    @Test
    void keepsOrderAndNumbersWhileItMakesRoom() {
        List<TrackedClient> clients = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            clients.add(known("c" + i));
        }
        for (int round = 0; round < 3; round++) {
            clients.forEach(log::changed);
        }

        assertThat(after(0)).isEqualTo(clients.stream().map(TrackedClient::client).toList());
        assertThat(log.number(clients.getFirst())).isEqualTo(3_001);
        assertThat(after(4_499)).containsExactly("c1499");
    }

    @Test
    void remembersSoManyForgottenAndThenSaysSinceWhenItDoesNot() {
        log.changed(known("stays"));
        for (int i = 0; i < MANY; i++) {
            log.forgotten(new TrackedClient("f" + i));
        }
        assertThat(after(0)).hasSize(MANY + 1);
        assertThat(log.horizon()).isZero();

        log.forgotten(new TrackedClient("one too many"));

        assertThat(after(0)).containsExactly("stays");
        assertThat(log.horizon()).isEqualTo(log.last()).isEqualTo(MANY + 2);
    }
}
