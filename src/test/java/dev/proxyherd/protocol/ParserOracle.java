package dev.proxyherd.protocol;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The protocol's page once more, in regular expressions and big decimals: what a line means, as text. */
final class ParserOracle {
    private static final String S = "[ \\t\\r\\n\\f\\x0B]";
    private static final String FIELD = S + "+([^ \\t\\r\\n\\f\\x0B]+)";
    private static final Pattern IAMAT = Pattern.compile(S + "*IAMAT" + FIELD + FIELD + FIELD + S + "*");
    private static final Pattern WHATSAT = Pattern.compile(S + "*WHATSAT" + FIELD + FIELD + FIELD + S + "*");
    private static final String NUMBER = "[0-9]+(?:\\.[0-9]+)?";
    private static final Pattern POSITION = Pattern.compile("([+-]" + NUMBER + ")([+-]" + NUMBER + ")");

    private ParserOracle() {
    }

    static String meaning(String line) {
        Matcher iAmAt = IAMAT.matcher(line);
        if (iAmAt.matches()) {
            return report(iAmAt.group(1), iAmAt.group(2), iAmAt.group(3));
        }
        Matcher whatsAt = WHATSAT.matcher(line);
        return whatsAt.matches() ? question(whatsAt.group(1), whatsAt.group(2), whatsAt.group(3)) : "malformed";
    }

    private static String report(String client, String position, String time) {
        Matcher degrees = POSITION.matcher(position);
        if (!degrees.matches() || exceeds(degrees.group(1), 90) || exceeds(degrees.group(2), 180)
                || !time.matches(NUMBER) || exceeds(time, 9_223_372_035L)) {
            return "malformed";
        }
        BigDecimal nanos = new BigDecimal(time).movePointRight(9).setScale(0, RoundingMode.DOWN);
        return "IAMAT " + client + " at " + nanos.longValueExact() + " says " + client + ' ' + position + ' ' + time;
    }

    private static String question(String client, String radius, String bound) {
        if (!radius.matches(NUMBER) || exceeds(radius, 50) || !bound.matches("[0-9]+") || exceeds(bound, 20)) {
            return "malformed";
        }
        return "WHATSAT " + client + " within " + new BigDecimal(radius).doubleValue() + " top "
                + new BigDecimal(bound).intValueExact();
    }

    private static boolean exceeds(String number, long max) {
        return new BigDecimal(number).abs().compareTo(BigDecimal.valueOf(max)) > 0;
    }

    /** The same text of what the parser made of the line. */
    static String text(Command command) {
        return switch (command) {
            case Command.IAmAt it ->
                    "IAMAT " + it.client() + " at " + it.timeNanos() + " says " + Parsing.text(it.report());
            case Command.WhatsAt it -> "WHATSAT " + it.client() + " within " + it.radiusKm() + " top " + it.bound();
            case Command.Malformed it -> "malformed";
        };
    }
}
