package dev.proxyherd.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Locations that often tie: few clients, times, skews, servers and positions. Some are long, some clients forgotten. */
public final class RandomLocations {
    private final Random random;

    public RandomLocations(long seed) {
        this.random = new Random(seed);
    }

    /** Locations of one to {@code clients} clients. */
    public List<Location> history(int length, int clients) {
        List<Location> history = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            history.add(next("kiwi" + random.nextInt(clients)));
        }
        return history;
    }

    public Location next(String client) {
        String[] skews = {"+0.000000000", "-0.000000000", "+0.000000001", "-0.000000001", "+12.000000000",
            "-3.000000000", "+2.000000000"};
        String[] servers = {"Alford", "Alford.", "Welsh", "alford", "A"};
        String[] times = {"7", "7.0", "07", "7.000000001", "7.0000000015", "7.0000000010", "12", "8.5"};
        String[] positions = {"+34-118", "+34.0-118", "+1+1", "+1+" + "0".repeat(random.nextInt(2000)) + '1'};
        if (random.nextInt(5) == 0) {
            String[] gone =
                    {"7.000000000", "07.000000000", "7.000000001", "12.000000000", "12.000000001", "8.500000000"};
            return at("GONE " + pick(servers) + ' ' + pick(skews) + ' ' + client + ' ' + pick(gone));
        }
        return at("AT " + pick(servers) + ' ' + pick(skews) + ' ' + client + ' ' + pick(positions) + ' ' + pick(times));
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** The location in an AT or GONE line that is known to be one. */
    public static Location at(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        Location location = Location.parse(bytes, 0, bytes.length, 0);
        if (location == null) {
            throw new AssertionError("no AT or GONE line: " + line);
        }
        return location;
    }
}
