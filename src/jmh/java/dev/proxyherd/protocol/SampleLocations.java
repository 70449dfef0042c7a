package dev.proxyherd.protocol;

import java.nio.charset.StandardCharsets;

/** Locations as the benchmarks need them. */
public final class SampleLocations {
    private SampleLocations() {
    }

    /** One location each for so many clients, all of the same time, in seconds. */
    public static Location[] of(int clients, int seconds) {
        Location[] locations = new Location[clients];
        for (int i = 0; i < clients; i++) {
            byte[] line = ("AT Alford +0.263873386 client-" + i + " +34.068930-118.445127 " + seconds)
                    .getBytes(StandardCharsets.US_ASCII);
            locations[i] = Location.parse(line, 0, line.length, Location.BEFORE_START);
        }
        return locations;
    }
}
