package dev.proxyherd.kafka;

import dev.proxyherd.journal.JournalMark;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a server is with a topic: all that is before these offsets is in its journal before the mark, and all that is there and
 * that it has to publish is in the topic.
 *
 * @param topic which one, by the broker's own ID
 * @param offsets the next to be read, by the number of the partition
 * @param journal where the journal was
 */
public record Progress(String topic, Map<Integer, Long> offsets, JournalMark journal) {
    private static final String FORM = "herd-kafka-1";

    public Progress {
        offsets = Map.copyOf(offsets);
    }

    /**
     * As text of a line for each thing.
     *
     * @param keys tells the file of keys that belongs to it, and how many are in it
     */
    String text(String keys) {
        StringBuilder text = new StringBuilder(FORM).append('\n').append(topic).append('\n').append(journal.bytes())
                .append(' ').append(journal.hash()).append('\n').append(keys).append('\n');
        new TreeMap<>(offsets).forEach((part, next) -> text.append(part).append(' ').append(next).append('\n'));
        return text.append("end\n").toString();
    }

    /** What was written so, and the keys with it; null if that is something else, or not whole. */
    static @Nullable Written parse(String text) {
        String[] lines = text.split("\n", -1);
        int end = lines.length - 2;
        if (end < 4 || !lines[0].equals(FORM) || !lines[end].equals("end")) {
            return null;
        }
        try {
            Map<Integer, Long> offsets = new TreeMap<>();
            for (int i = 4; i < end; i++) {
                String[] pair = lines[i].split(" ");
                offsets.put(Integer.parseInt(pair[0]), Long.parseLong(pair[1]));
            }
            String[] mark = lines[2].split(" ");
            String[] keys = lines[3].split(" ");
            return new Written(new Progress(lines[1], offsets,
                    new JournalMark(Long.parseLong(mark[0]), Long.parseLong(mark[1]))), Long.parseLong(keys[0]),
                    Integer.parseInt(keys[1]));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    /**
     * What a file holds.
     *
     * @param keysId which file of keys belongs to it
     * @param keys how many of its keys
     */
    record Written(Progress progress, long keysId, int keys) {
    }
}
