package dev.proxyherd.link.resync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How often stores that differ are compared. */
class PaceTest {
    private final Pace pace = new Pace();

    /** How many of so many heartbeats start a comparison, none of which finds anything. */
    private int comparisons(int beats, boolean roomThere, boolean lacking) {
        int comparisons = 0;
        for (int i = 0; i < beats; i++) {
            comparisons += pace.differs(roomThere, lacking) ? 1 : 0;
        }
        return comparisons;
    }

    @Test
    void isEachHeartbeatWhereBothHaveRoom() {
        assertThat(comparisons(100, true, false)).isEqualTo(100);
    }

    @Test
    void slowsDownWhereOneHasNone() {
        assertThat(comparisons(4 + 8 + 16 + 32 + 64 + 128, false, true)).isEqualTo(6);
        assertThat(comparisons(10 * Pace.LONGEST, false, true)).isEqualTo(10);
    }

    @Test
    void isSteadyWhileSomethingIsFound() {
        int comparisons = 0;
        for (int i = 0; i < 100; i++) {
            if (pace.differs(false, true)) {
                comparisons++;
                pace.found();
            }
        }
        assertThat(comparisons).isEqualTo(100 / Pace.SHORTEST);
    }

    @Test
    void isQuickWhenThereIsRoomAgain() {
        comparisons(1000, false, true);
        assertThat(comparisons(Pace.SHORTEST, true, true)).isEqualTo(1);
    }

    @Test
    void isBoundedWhereRoomComesAndGoesAtEachHeartbeat() {
        int comparisons = 0;
        for (int i = 0; i < 100; i++) {
            comparisons += comparisons(1, i % 2 == 0, i % 2 != 0);
        }
        assertThat(comparisons).isLessThanOrEqualTo(100 / Pace.SHORTEST);
    }

    @Test
    void isAsBeforeOnceBothHaveRoom() {
        comparisons(1000, false, true);
        comparisons(Pace.SHORTEST, true, false);
        assertThat(comparisons(10, true, false)).isEqualTo(10);
    }
}
