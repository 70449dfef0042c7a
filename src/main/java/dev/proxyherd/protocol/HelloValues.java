package dev.proxyherd.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an end of a handshake says beside its name, as {@code key=value} fields in its own order. Keys that the other end
 * does not know are for it to ignore; so both may say more one day. Immutable.
 */
public final class HelloValues {
    public static final HelloValues NONE = new HelloValues(Map.of());

    /** More of them would not fit the first line of a connection. */
    private static final int MAX_FIELDS = 32;

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,31}");
    private static final Pattern VALUE = Pattern.compile("[!-~]{0,512}");

    private final Map<String, String> fields;

    private HelloValues(Map<String, String> fields) {
        this.fields = fields;
    }

    /** These and one more. */
    public HelloValues with(String key, String value) {
        if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches() || fields.containsKey(key)) {
            throw new IllegalArgumentException("no field to add: " + key + '=' + value);
        }
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(key, value);
        return new HelloValues(Collections.unmodifiableMap(more));
    }

    /** What stands at a key, or null. */
    public @Nullable String get(String key) {
        return fields.get(key);
    }

    /** The fields in {@code text}, each after one space; null if it is anything else. */
    static @Nullable HelloValues parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        if (text.charAt(0) != ' ') {
            return null;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text.substring(1).split(" ", -1)) {
            int equals = field.indexOf('=');
            if (equals < 0 || fields.size() == MAX_FIELDS || !KEY.matcher(field.substring(0, equals)).matches()
                    || !VALUE.matcher(field.substring(equals + 1)).matches()
                    || fields.put(field.substring(0, equals), field.substring(equals + 1)) != null) {
                return null;
            }
        }
        return new HelloValues(Collections.unmodifiableMap(fields));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HelloValues values && toString().equals(values.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The fields as they are written, each after one space. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        fields.forEach((key, value) -> text.append(' ').append(key).append('=').append(value));
        return text.toString();
    }
}
