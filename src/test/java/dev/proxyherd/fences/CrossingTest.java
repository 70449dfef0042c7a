package dev.proxyherd.fences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.ClientPattern;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A crossing is known by what it is, whoever tells it. */
class CrossingTest {
    private static Crossing crossing(String fence, CrossingKind kind, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return new Crossing(fence(fence, List.of()), kind,
                Objects.requireNonNull(Location.parse(bytes, 0, bytes.length, 0)));
    }

    private static Fence fence(String id, List<ClientPattern> clients) {
        return new Fence(id, "Yard", clients, Set.of(CrossingKind.ENTER), 0, null, new FenceShape.Disc(34, -118, 50));
    }

    @Test
    void hasTheSameIdWhicheverServerHeardItAndHoweverItsTimeIsWritten() {
        String id = crossing("yard", CrossingKind.ENTER, "AT Alford +0.500000000 van +34-118 1400794645.3").id();
        assertThat(id).matches("[0-9a-f]{32}")
                .isEqualTo(
                        crossing("yard", CrossingKind.ENTER, "AT Welsh -7.000000000 van +34-118 1400794645.30").id());
    }

    @Test
    void differsByFenceClientTimeAndKind() {
        assertThat(List.of(
                crossing("yard", CrossingKind.ENTER, "AT Alford +0.500000000 van +34-118 1400794645").id(),
                crossing("yard", CrossingKind.EXIT, "AT Alford +0.500000000 van +34-118 1400794645").id(),
                crossing("yard", CrossingKind.ENTER, "AT Alford +0.500000000 van +34-118 1400794645.000000001").id(),
                crossing("yard", CrossingKind.ENTER, "AT Alford +0.500000000 bus +34-118 1400794645").id(),
                crossing("yard van", CrossingKind.ENTER, "AT Alford +0.500000000 van +34-118 1400794645").id(),
                crossing("port", CrossingKind.ENTER, "AT Alford +0.500000000 van +34-118 1400794645").id()))
                .doesNotHaveDuplicates();
    }

    @Test
    void isOfAFenceForAllClientsOrForThoseThatItsPatternsMean() {
        assertThat(fence("yard", List.of()).isFor("van")).isTrue();
        Fence vans = fence("yard", List.of(new ClientPattern("bus?"), new ClientPattern("van*")));
        assertThat(vans.isFor("van-7")).isTrue();
        assertThat(vans.isFor("bus")).isFalse();
    }
}
