package dev.proxyherd.cli.options;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads durations such as {@code 90s}, {@code 15m}, {@code 24h}, {@code 7d}, sizes such as {@code 64K}, {@code 256M}, and
 * what else picocli would refuse in words of Java.
 */
public final class Units {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*([A-Za-z]{0,2})");
    private static final Map<String, Duration> TIMES = Map.of(
            "", Duration.ofSeconds(1),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZES =
            Map.of("", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30, "T", 1L << 40);

    private Units() {
    }

    public static Duration duration(String text) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        Duration unit = matcher.matches() ? TIMES.get(matcher.group(2)) : null;
        if (unit == null || matcher.group(1).length() > 9) {
            throw new TypeConversionException("'" + text + "' is no duration; write 500ms, 90s, 15m, 24h or 7d");
        }
        return unit.multipliedBy(Long.parseLong(matcher.group(1)));
    }

    public static ByteSize byteSize(String text) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        Long unit = matcher.matches() ? SIZES.get(matcher.group(2).toUpperCase(Locale.ROOT)) : null;
        if (unit == null || Long.parseLong(matcher.group(1)) > Long.MAX_VALUE / unit) {
            throw new TypeConversionException("'" + text + "' is no size; write 65536, 64K, 256M or 2G");
        }
        return new ByteSize(unit * Long.parseLong(matcher.group(1)));
    }

    public static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no number; write 10 or 0.5");
        }
    }

    public static int wholeNumber(String text) {
        return whole(text, Integer::parseInt);
    }

    public static long longNumber(String text) {
        return whole(text, Long::parseLong);
    }

    private static <T> T whole(String text, Function<String, T> parser) {
        try {
            return parser.apply(text.strip());
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no whole number, or too large; write 10 or 5000");
        }
    }

    public static boolean trueOrFalse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new TypeConversionException("'" + text + "' is neither true nor false");
        };
    }

    public static URI url(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new TypeConversionException("'" + text + "' is no URL");
        }
    }
}
