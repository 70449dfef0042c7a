package dev.proxyherd.gateway.request;

import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.geo.BoundingBox;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query or a form ({@code application/x-www-form-urlencoded}); of a repeated one, the first.
 *
 * @param values by name; in both a character for each byte, for a client's ID may be any
 */
public record Parameters(Map<String, String> values) {
    static final Parameters NONE = new Parameters(Map.of());

    private static final int MAX_COUNT = 100;
    private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,12}(\\.\\d{1,40})?");

    /** @throws Problem with status 400 if the percent-encoding is broken */
    public static Parameters parse(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return NONE;
        }
        Map<String, String> values = new HashMap<>();
        String[] pairs = query.split("&");
        if (pairs.length > MAX_COUNT) {
            throw Problem.bad("more than " + MAX_COUNT + " parameters");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.putIfAbsent(PathIds.decode(name, true), PathIds.decode(value, true));
        }
        return new Parameters(Map.copyOf(values));
    }

    /** The value, or null. */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /** The first of these that is there and not empty, or null. */
    public @Nullable String first(String... names) {
        for (String name : names) {
            String value = values.get(name);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    /** Refuses parameters that mean nothing here, as whoever wrote them believes that they do. */
    public void allow(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw Problem.bad("there is no parameter '" + shortened(name) + "' here; there are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    /** @throws Problem with status 400 if it is missing, no decimal, or out of its range */
    public double number(String name, double min, double max) {
        String text = get(name);
        if (text == null) {
            throw Problem.bad(name + " is missing");
        }
        return number(name, text, min, max);
    }

    public double number(String name, double min, double max, double otherwise) {
        return get(name) == null ? otherwise : number(name, min, max);
    }

    public int integer(String name, int min, int max, int otherwise) {
        String text = get(name);
        if (text == null) {
            return otherwise;
        }
        if (!WHOLE.matcher(text).matches() || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw Problem.bad(name + ": '" + shortened(text) + "' is no whole number from " + min + " to " + max);
        }
        return Integer.parseInt(text);
    }

    /**
     * The bounding box named {@code bbox}, or null.
     *
     * @throws Problem with status 400 if it is none
     */
    public @Nullable BoundingBox box() {
        String text = get("bbox");
        try {
            return text == null ? null : BoundingBox.parse(
                    Stream.of(text.split(",", -1)).map(ClientIds::shown).collect(Collectors.joining(",")));
        } catch (IllegalArgumentException e) {
            throw Problem.bad(Objects.requireNonNull(e.getMessage(), "a box says what is wrong with it"));
        }
    }

    private static double number(String name, String text, double min, double max) {
        double value = DECIMAL.matcher(text.strip()).matches() ? Double.parseDouble(text.strip()) : Double.NaN;
        if (!(value >= min && value <= max)) {
            throw Problem.bad(
                    name + ": '" + shortened(text) + "' is no decimal number from " + plain(min) + " to " + plain(max));
        }
        return value;
    }

    private static String plain(double limit) {
        return limit == Math.rint(limit) ? String.valueOf((long) limit) : String.valueOf(limit);
    }

    /** What was sent, a character for each byte, as text for a message. */
    public static String shortened(String bytes) {
        return ClientIds.shortened(bytes);
    }
}
