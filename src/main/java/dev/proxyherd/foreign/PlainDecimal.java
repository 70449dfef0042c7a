package dev.proxyherd.foreign;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimals as the protocol writes them: never an exponent. */
public final class PlainDecimal {
    private PlainDecimal() {
    }

    /** Digits and perhaps a fraction of at most so many digits, rounded half to even; a sign only if it is negative. */
    public static String of(BigDecimal number, int maxFractionDigits) {
        return rounded(number, maxFractionDigits).toPlainString();
    }

    /** As {@link #of}, with a sign in any case. */
    public static String signed(BigDecimal number, int maxFractionDigits) {
        String plain = of(number, maxFractionDigits);
        return plain.startsWith("-") ? plain : '+' + plain;
    }

    /** With at most so many fraction digits, rounded half to even; itself if it has no more. */
    public static BigDecimal rounded(BigDecimal number, int maxFractionDigits) {
        return number.scale() > maxFractionDigits ? number.setScale(maxFractionDigits, RoundingMode.HALF_EVEN) : number;
    }
}
