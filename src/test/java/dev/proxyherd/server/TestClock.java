package dev.proxyherd.server;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. */
public final class TestClock implements InstantSource {
    private volatile Instant now;

    /** @param seconds POSIX seconds, with a fraction or without */
    public TestClock(String seconds) {
        set(seconds);
    }

    public void set(String seconds) {
        String[] parts = seconds.split("\\.");
        String nanos = parts.length == 1 ? "0" : (parts[1] + "000000000").substring(0, 9);
        now = Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(nanos));
    }

    @Override
    public Instant instant() {
        return now;
    }
}
