package dev.proxyherd.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of having a herd forget clients.
 *
 * @param gone the GONE lines that were written, by client, a character for each byte
 * @param unknown clients of which no server knows anything, and all could be asked; nothing was written
 * @param unasked the servers that could not be asked what they hold, and why: what is newer there would come back
 * @param behind the servers that were asked, and did not hold all GONE lines yet when the time was up
 */
public record ForgetOutcome(Map<String, String> gone, List<String> unknown, Map<String, String> unasked,
        List<String> behind) {

    public ForgetOutcome {
        gone = Collections.unmodifiableMap(new LinkedHashMap<>(gone));
        unknown = List.copyOf(unknown);
        unasked = Collections.unmodifiableMap(new LinkedHashMap<>(unasked));
        behind = List.copyOf(behind);
    }

    /** Whether all servers of the herd hold what was written. */
    public boolean isComplete() {
        return unasked.isEmpty() && behind.isEmpty();
    }
}
