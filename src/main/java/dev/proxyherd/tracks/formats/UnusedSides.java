package dev.proxyherd.tracks.formats;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;

/** Columns of a CSV file that say N, S, E or W under a name that tells nothing: they may turn a position around. */
final class UnusedSides {
    private static final String SIDE = "(?i)\\s*([NSEW]|north|south|east|west)?\\s*";

    /** For each column whether it has said nothing but sides. */
    private final List<Boolean> only = new ArrayList<>();

    /** For each column whether it has said something. */
    private final BitSet said = new BitSet();

    void look(CSVRecord row) {
        for (int i = 0; i < row.size(); i++) {
            if (i == only.size()) {
                only.add(true);
            }
            if (only.get(i)) {
                said.set(i, said.get(i) || !row.get(i).isBlank());
                only.set(i, row.get(i).length() < 10 && row.get(i).matches(SIDE));
            }
        }
    }

    /** What whoever plays the file should know, if there are such columns. */
    Optional<String> told(CsvHeader header) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Math.min(only.size(), header.names().size()); i++) {
            if (only.get(i) && said.get(i) && !header.columns().containsValue(i)) {
                names.add(header.names().get(i));
            }
        }
        return names.isEmpty() ? Optional.empty()
                : Optional.of("not used, though it says N, S, E or W: " + String.join(", ", names)
                        + "; if that is the side of the latitude or longitude, say --columns ns=NAME,ew=NAME");
    }
}
