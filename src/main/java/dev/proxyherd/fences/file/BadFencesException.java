package dev.proxyherd.fences.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file of fences cannot be used; the message names it, the first fault and its place. */
public final class BadFencesException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /** @param faults what is wrong, one or more; the place comes first in each */
    BadFencesException(Path file, List<String> faults) {
        super(file + ": " + faults.getFirst() + (faults.size() == 1 ? ""
                : "; and there is more, which shows: herd fences check " + file));
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, as far as it was read. */
    public List<String> faults() {
        return faults;
    }
}
