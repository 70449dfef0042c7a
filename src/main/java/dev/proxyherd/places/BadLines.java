package dev.proxyherd.places;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers the lines of a places file that cannot be used, for one warning about all of them. For one thread. */
final class BadLines {
    private static final int MAX_NAMED = 10;

    private final List<String> named = new ArrayList<>();
    private long count;

    /** Notes a line by its number and what is wrong with it. */
    void add(long line, String problem) {
        count++;
        if (named.size() < MAX_NAMED) {
            named.add("line " + line + " (" + problem + ")");
        }
    }

    /** Says it, if there is anything to say. */
    void warn(String file, Consumer<String> warnings) {
        if (count > 0) {
            String more = count > named.size() ? " and " + (count - named.size()) + " more" : "";
            warnings.accept("Places file " + file + ": left out " + String.join(", ", named) + more);
        }
    }
}
