package dev.proxyherd.gateway.index;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the order of changes, as clients of the API carry it: the number, and which run of the feed it belongs to,
 * since a server that starts anew counts anew.
 *
 * @param run names the run
 * @param number the last change that was seen
 * @param begun where changes stood when the first page was read of those that led here: pages do not tell who was forgotten since.
 *     The same as {@code number} where events led here, which tell
 * @param crossed the last crossing of a fence that was sent; negative where pages led here, which tell of none
 */
public record Cursor(String run, long number, long begun, long crossed) {
    private static final Pattern TEXT =
            Pattern.compile("([0-9a-z]{1,13})-(\\d{1,18})(?:-(\\d{1,18}))?(?:\\.(\\d{1,18}))?");

    /** A cursor of pages. */
    public Cursor(String run, long number, long begun) {
        this(run, number, begun, -1);
    }

    /** A cursor of events. */
    public static Cursor ofEvents(String run, long number, long crossed) {
        return new Cursor(run, number, number, crossed);
    }

    /** The number from which events go on, so that all are told that who holds this cursor cannot know. */
    public long since() {
        return Math.min(number, begun);
    }

    /** @return null if the text is no cursor */
    public static @Nullable Cursor parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(2));
        return new Cursor(matcher.group(1), number,
                matcher.group(3) == null ? number : Long.parseLong(matcher.group(3)),
                matcher.group(4) == null ? -1 : Long.parseLong(matcher.group(4)));
    }

    @Override
    public String toString() {
        return run + '-' + number + (begun == number ? "" : "-" + begun) + (crossed < 0 ? "" : "." + crossed);
    }
}
