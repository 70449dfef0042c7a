package dev.proxyherd.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotTest {
    private final Slot bottom = new Slot(null);
    private final Slot slot = new Slot(null);

    @Test
    void isClaimedOnceUntilItIsTakenFromTheStack() {
        assertThat(slot.claim(bottom)).isTrue();
        assertThat(slot.claim(bottom)).isFalse();
        slot.setNextChanged(null);
        assertThat(slot.claim(bottom)).isTrue();
    }

    @Test
    void hasANextOneWhileItIsInTheStack() {
        assertThat(slot.nextChanged()).isNull();
        slot.claim(bottom);
        assertThat(slot.nextChanged()).isSameAs(bottom);
        slot.setNextChanged(null);
        assertThat(slot.nextChanged()).isNull();
    }
}
