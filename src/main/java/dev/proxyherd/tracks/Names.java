package dev.proxyherd.tracks;

import java.util.List;

/** Names of clients and of tracks. */
public final class Names {
    private static final int MOST_SHOWN = 3;

    private Names() {
    }

    /** A name as a client ID: white space becomes a hyphen. What has no name takes the one that it is given instead. */
    public static String id(String name, String otherwise) {
        String id = name.strip().replaceAll("\\s+", "-");
        return id.isEmpty() ? otherwise : id;
    }

    /** Names in a sentence: all of a few, else the first two and how many more there are. */
    public static String few(List<String> names) {
        return names.size() <= MOST_SHOWN ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_SHOWN - 1)) + " and " + (names.size() - MOST_SHOWN + 1)
                        + " more";
    }
}
