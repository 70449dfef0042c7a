package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.store.Expiry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmissionTest {
    @Test
    void opensTheLinksOnceAndTriesAgainWhereThatFails(@TempDir Path dir) throws IOException {
        AtomicInteger tries = new AtomicInteger();
        SignOfLife sign =
                SignOfLife.of(dir.resolve("journal"), new Expiry(Duration.ZERO, InstantSource.system()));
        Readmission readmission = new Readmission(sign, text -> {}, () -> {
            if (tries.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        });
        assertThatThrownBy(readmission::replayed).isInstanceOf(OutOfMemoryError.class);
        readmission.look();
        readmission.look();
        assertThat(tries).hasValue(2);
    }
}
