package dev.proxyherd.cli.options;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address as options take it: {@code [NAME=][HOST:]PORT}, an IPv6 address in brackets.
 *
 * @param name the server that it is for, or null
 * @param host a name or an address in digits, without brackets, or null
 * @param port 0 to 65,535
 */
public record NamedAddress(@Nullable String name, @Nullable String host, int port) {
    private static final int MAX_PORT = 65_535;
    private static final String IPV6 = "\\[[0-9A-Fa-f:.]+(?:%[\\w.-]+)?]";
    private static final Pattern TEXT =
            Pattern.compile("(?:([A-Za-z0-9._-]{1,64})=)?(?:(" + IPV6 + "|[^:=\\s\\[\\]]+):)?(\\d{1,5})");

    /** @return null if the text is none */
    public static @Nullable NamedAddress parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > MAX_PORT) {
            return null;
        }
        String host = matcher.group(2);
        return new NamedAddress(matcher.group(1), host == null ? null : host.replaceAll("[\\[\\]]", ""),
                Integer.parseInt(matcher.group(3)));
    }

    /**
     * Refuses a second address for a server: it would listen on one of the two only.
     *
     * @param option what is being read, such as --http
     * @param value the address as it was given
     * @param given the addresses before it, by server; this one is added
     */
    public static void unlessTwo(String option, String server, String value, Map<String, String> given)
            throws CliException {
        String earlier = given.putIfAbsent(server, value);
        CliException.unless(earlier == null, option + ' ' + value + ": '" + server + "' has " + option + ' ' + earlier
                + " already; keep one of them");
    }
}
