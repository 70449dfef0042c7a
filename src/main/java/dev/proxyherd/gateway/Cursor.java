package dev.proxyherd.gateway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order of changes, as clients of the API carry it: the number, and which run of the feed it belongs to,
 * since a server that starts anew counts anew.
 *
 * @param run names the run
 * @param number the last change that was seen
 */
record Cursor(String run, long number) {
    private static final Pattern TEXT = Pattern.compile("([0-9a-z]{1,13})-(\\d{1,18})");

    /** @return null if the text is no cursor */
    static Cursor parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        return matcher.matches() ? new Cursor(matcher.group(1), Long.parseLong(matcher.group(2))) : null;
    }

    @Override
    public String toString() {
        return run + '-' + number;
    }
}
