package dev.proxyherd.foreign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What of a file was not used and why: counted by kind, with the first lines and an example of each. For one thread. */
public final class LeftOut {
    private static final int MAX_LINES = 3;

    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    private static final class Kind {
        private final UnusableException first;
        private final List<String> lines = new ArrayList<>();
        private long count;
        private boolean isMixed;

        private Kind(UnusableException first) {
            this.first = first;
        }

        private String text() {
            String example = first.example() == null ? "" : (isMixed ? " such as " : " of ") + first.example();
            String mend = first.mend() == null ? "" : ": " + first.mend();
            String where =
                    lines.isEmpty() ? "" : (lines.size() == 1 ? " (line " : " (lines ") + String.join(", ", lines)
                            + (count > lines.size() ? ", ..." : "") + ')';
            return String.format(Locale.ROOT, "%,d %s%s%s%s", count, first.kind(), example, mend, where);
        }
    }

    /** @param line where that is in the file, counted from 1; 0 if it has no place there */
    public void add(UnusableException reason, long line) {
        Kind kind = kinds.computeIfAbsent(reason.kind() + ':' + reason.mend(), key -> new Kind(reason));
        kind.count++;
        kind.isMixed |= reason.example() != null && !reason.example().equals(kind.first.example());
        if (line > 0 && kind.lines.size() < MAX_LINES) {
            kind.lines.add(Long.toString(line));
        }
    }

    public long count() {
        return kinds.values().stream().mapToLong(kind -> kind.count).sum();
    }

    /** How many of them are not {@linkplain UnusableException#declared said} to be of no use by the file itself. */
    public long damaged() {
        return kinds.values().stream().filter(kind -> kind.first.isDamage()).mapToLong(kind -> kind.count).sum();
    }

    /** Such as {@code 12 without a checksum (lines 1, 2, 3, ...); 1 with a latitude of 91: it ends at 90 (line 7)}. */
    @Override
    public String toString() {
        return kinds.values().stream().map(Kind::text).collect(Collectors.joining("; "));
    }
}
