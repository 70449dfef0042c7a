package dev.proxyherd.places.upstream;

import java.time.Duration;

/**
 * How much of the network and of time the lookups may take. The memory that answers can take at once is at most
 * {@code maxInFlight * maxBodyBytes}.
 *
 * @param deadline for one lookup with all its waiting, requests and retries; 50 ms to 60 s, by default 10 s
 * @param connectTimeout for one connection to be made; 10 ms to 60 s, by default 3 s
 * @param maxInFlight requests under way at once; 1 to 1,000, by default 64, 2 at the public Overpass server
 * @param perSecond requests begun in a second, evenly spaced; 0 for no limit, the default, but 1 at the public Overpass
 *     server, whose rules ask for restraint; at most 10,000
 * @param maxBodyBytes an answer's size; 1 KiB to 64 MiB, by default 4 MiB
 * @param attempts how often one request is sent at most when it fails for a passing reason; 1 to 10, by default 4
 * @see <a href="https://dev.overpass-api.de/overpass-doc/en/preface/commons.html">The rules of the public Overpass server</a>
 */
public record PlacesLimits(Duration deadline, Duration connectTimeout, int maxInFlight, double perSecond,
        int maxBodyBytes,
        int attempts) {

    /** The longest deadline that there is. */
    public static final Duration MAX_DEADLINE = Duration.ofSeconds(60);

    /** @throws IllegalArgumentException if a value is out of its range */
    public PlacesLimits {
        check("--places-deadline in milliseconds", deadline.toMillis(), 50, MAX_DEADLINE.toMillis());
        check("the connect timeout in milliseconds", connectTimeout.toMillis(), 10, 60_000);
        check("--places-in-flight", maxInFlight, 1, 1_000);
        check("--places-per-second", perSecond, 0, 10_000);
        check("the body cap in bytes", maxBodyBytes, 1_024, 64 << 20);
        check("the number of attempts", attempts, 1, 10);
    }

    /** What is used for a provider unless the user says otherwise. */
    public static PlacesLimits defaultsFor(PlacesSource source) {
        boolean restrained = source.kind() == PlacesSource.Kind.OVERPASS && source.publicServer();
        return new PlacesLimits(Duration.ofSeconds(10), Duration.ofSeconds(3), restrained ? 2 : 64, restrained ? 1 : 0,
                4 << 20, 4);
    }

    /** These limits with another deadline. */
    public PlacesLimits withDeadline(Duration other) {
        return new PlacesLimits(other, connectTimeout, maxInFlight, perSecond, maxBodyBytes, attempts);
    }

    /** These limits with another number of requests in flight. */
    public PlacesLimits withMaxInFlight(int other) {
        return new PlacesLimits(deadline, connectTimeout, other, perSecond, maxBodyBytes, attempts);
    }

    /** These limits with another number of requests a second. */
    public PlacesLimits withPerSecond(double other) {
        return new PlacesLimits(deadline, connectTimeout, maxInFlight, other, maxBodyBytes, attempts);
    }

    /** @throws IllegalArgumentException if it is out of its range; it names the value by {@code what} */
    public static void check(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be " + least + " to " + most + ", not " + value);
        }
    }

    private static void check(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    what + " must be " + plain(least) + " to " + plain(most) + ", not " + plain(value));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
