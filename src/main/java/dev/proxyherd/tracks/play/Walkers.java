package dev.proxyherd.tracks.play;

import dev.proxyherd.client.HerdClient;
import dev.proxyherd.geo.Geo;
import dev.proxyherd.places.PlaceLabel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Made-up clients that walk, ride and drive around cities, each reporting once an interval, evenly spread over it. */
public final class Walkers implements Player.Script {
    /** Metres a second of those who walk, ride a bicycle, and drive. */
    private static final double[] SPEEDS = {1.4, 4.5, 12};

    private final List<Walker> walkers = new ArrayList<>();
    private final long intervalNanos;
    private final InstantSource clock;
    private final RandomGenerator random;
    private long steps = -1;

    private static final class Walker {
        private final String id;
        private final PlaceLabel city;
        private final double speed;
        private double latitude;
        private double longitude;
        private double heading;

        private Walker(String id, PlaceLabel city, double speed, RandomGenerator random) {
            this.id = id;
            this.city = city;
            this.speed = speed;
            this.latitude = city.latitude() + random.nextGaussian() * spread();
            this.longitude = city.longitude() + random.nextGaussian() * spread() / width();
            this.heading = random.nextDouble(2 * Math.PI);
        }

        /** A third of the city's reach, in degrees. */
        private double spread() {
            return city.reachMetres() / 3.0 / Geo.METRES_PER_DEGREE;
        }

        /** How much narrower a degree of longitude is here than one of latitude. */
        private double width() {
            return Math.max(0.05, Math.cos(Math.toRadians(city.latitude())));
        }

        /** Goes on, turning a little, and homewards when it has left the city. */
        private void step(double seconds, RandomGenerator random) {
            double home = Math.atan2((city.longitude() - longitude) * width(), city.latitude() - latitude);
            double away = Math.hypot(city.latitude() - latitude, (city.longitude() - longitude) * width());
            heading = away > 4 * spread() ? home : heading + random.nextGaussian() * 0.25;
            double degrees = speed * seconds / Geo.METRES_PER_DEGREE;
            latitude = Math.clamp(latitude + Math.cos(heading) * degrees, -89.9, 89.9);
            longitude += Math.sin(heading) * degrees / width();
            longitude -= 360 * Math.floor((longitude + 180) / 360);
        }
    }

    /**
     * @param cities at least one; those that come first get more clients
     * @param interval between two reports of a client
     */
    public Walkers(int clients, List<PlaceLabel> cities, Duration interval, InstantSource clock,
            RandomGenerator random) {
        this.intervalNanos = interval.toNanos();
        this.clock = clock;
        this.random = random;
        // Counted by name: there is more than one Suzhou.
        Map<String, Integer> count = new HashMap<>();
        for (int i = 0; i < clients; i++) {
            PlaceLabel city = cities.get((int) (cities.size() * random.nextDouble() * random.nextDouble()));
            String name = slug(city.name());
            walkers.add(new Walker(name + '-' + count.merge(name, 1, Integer::sum), city,
                    SPEEDS[i % SPEEDS.length], random));
        }
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s'’()/,.]+", "-").replaceAll("^-|-$", "");
    }

    @Override
    public boolean next() {
        steps++;
        walker().step(intervalNanos / 1e9, random);
        return true;
    }

    private Walker walker() {
        return walkers.get((int) (steps % walkers.size()));
    }

    @Override
    public long dueNanos() {
        return (long) ((double) steps * intervalNanos / walkers.size());
    }

    @Override
    public String command() {
        Walker walker = walker();
        return String.format(Locale.ROOT, "IAMAT %s %+.6f%+.6f %s",
                walker.id, walker.latitude, walker.longitude, HerdClient.time(clock.instant()));
    }

    @Override
    public long total() {
        return -1;
    }
}
