package dev.proxyherd.mqtt;

/**
 * Which topics are subscribed to (MQTT 5, 4.7): levels between slashes, of which {@code +} is any. The last two of a topic are
 * user and device, so there are two at least, and {@code #}, which stands for any number of levels, is not taken.
 */
public record TopicFilter(String text) {
    private static final int MAX_LENGTH = 1000;

    /** @throws IllegalArgumentException if it cannot be used; the message says why */
    public TopicFilter {
        String[] levels = text.split("/", -1);
        require(text.length() <= MAX_LENGTH && text.chars().allMatch(c -> c >= ' ' && !Character.isSurrogate((char) c)),
                "a topic has " + MAX_LENGTH + " characters at most, and none of control");
        require(!text.contains("#"),
                "write + for each level instead of #, as in owntracks/+/+: the last two levels of a "
                        + "topic are user and device");
        require(levels.length >= 2, "the last two levels of a topic are user and device, as in owntracks/+/+");
        for (String level : levels) {
            require(!level.contains("+") || level.equals("+"), "+ stands for a whole level");
        }
        require(!text.startsWith("$"), "topics that begin with $ are the broker's own");
    }

    private static void require(boolean right, String words) {
        if (!right) {
            throw new IllegalArgumentException(words);
        }
    }

    /** Whether it matches topics that are published below a prefix. */
    boolean reachesBelow(String prefix) {
        String[] levels = text.split("/", -1);
        String[] above = prefix.split("/", -1);
        for (int i = 0; i < above.length; i++) {
            if (i >= levels.length || !(levels[i].equals("+") || levels[i].equals(above[i]))) {
                return false;
            }
        }
        return levels.length > above.length;
    }

    @Override
    public String toString() {
        return text;
    }
}
