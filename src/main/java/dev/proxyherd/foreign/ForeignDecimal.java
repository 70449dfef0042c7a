package dev.proxyherd.foreign;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decimals as others write them: of any length, perhaps beginning or ending with the point, perhaps with an exponent. */
public final class ForeignDecimal {
    private static final Pattern DECIMAL = Pattern.compile("([+-]?)(\\d*)(?:\\.(\\d*))?([eE][+-]?\\d{1,3})?");

    /** More digits before the point than any number that is meant. */
    private static final int MAX_WHOLE_DIGITS = 100;

    /** Digits that no rounding of ours looks at; so a number that goes on for a megabyte costs nothing. */
    private static final int MAX_FRACTION_DIGITS = 60;

    private ForeignDecimal() {
    }

    /** The number, or null if the text is none; of its fraction the first sixty digits count. */
    public static @Nullable BigDecimal parse(String text) {
        String stripped = text.strip();
        if (isPlain(stripped)) {
            return new BigDecimal(stripped);
        }
        Matcher number = DECIMAL.matcher(stripped);
        if (!number.matches()) {
            return null;
        }
        String whole = number.group(2);
        String fraction = number.group(3) == null ? "" : number.group(3);
        if ((whole.isEmpty() && fraction.isEmpty()) || whole.length() > MAX_WHOLE_DIGITS) {
            return null;
        }
        String exponent = number.group(4) == null ? "" : number.group(4);
        return new BigDecimal(number.group(1) + whole + '.'
                + fraction.substring(0, Math.min(fraction.length(), MAX_FRACTION_DIGITS)) + exponent);
    }

    /** Whether it is digits and perhaps a point between, few enough to be taken as they are, as nearly all are. */
    private static boolean isPlain(String text) {
        int point = text.indexOf('.');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && i != point) {
                return false;
            }
        }
        return point != 0 && !text.isEmpty() && text.length() <= MAX_FRACTION_DIGITS;
    }
}
