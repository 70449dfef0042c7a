package dev.proxyherd.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads as much of YAML as the files in src/packaging use, and fails at anything else: blocks of keys and of items, scalars
 * on one line, with quotes or without, and texts after {@code |}. Scalars are strings.
 */
final class PlainYaml {
    private static final Pattern KEY =
            Pattern.compile("(\"[^\"]*\"|[^\\s'\"#&*!|>%@\\[{-][^#:]*|-[^\\s:]+):(?: +(.*))?");
    private static final Pattern REMARK = Pattern.compile("(?: +|^)#.*$");

    private final List<String> lines;
    private int at;

    private PlainYaml(List<String> lines) {
        this.lines = lines;
    }

    /** The documents of a file. */
    static List<Map<String, Object>> read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> parse(String text) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (String document : text.split("(?m)^---\\s*$")) {
            PlainYaml yaml = new PlainYaml(new ArrayList<>(document.lines().toList()));
            if (yaml.skipEmpty()) {
                documents.add((Map<String, Object>) yaml.block(yaml.indent()));
                if (yaml.skipEmpty()) {
                    throw yaml.strange();
                }
            }
        }
        return documents;
    }

    /** What lies at a path of keys and numbers, such as spec.containers.0.image. */
    static Object at(Object from, String path) {
        Object found = from;
        for (String step : path.split("\\.")) {
            found = found instanceof List<?> list ? list.get(Integer.parseInt(step))
                    : found == null ? null : ((Map<?, ?>) found).get(step);
        }
        return found;
    }

    private IllegalArgumentException strange() {
        return new IllegalArgumentException("not read by this: " + lines.get(at));
    }

    /** Whether there is a line that says something. */
    private boolean skipEmpty() {
        while (at < lines.size() && lines.get(at).replaceFirst("^ *(#.*)?$", "").isEmpty()) {
            at++;
        }
        return at < lines.size();
    }

    private int indent() {
        String line = lines.get(at);
        return line.length() - line.stripLeading().length();
    }

    private Object block(int indent) {
        return lines.get(at).startsWith("-", indent) ? items(indent) : keys(indent);
    }

    private List<Object> items(int indent) {
        List<Object> items = new ArrayList<>();
        while (skipEmpty() && indent() == indent && lines.get(at).startsWith("- ", indent)) {
            String rest = lines.get(at).substring(indent + 2);
            if (KEY.matcher(rest).matches()) {
                lines.set(at, " ".repeat(indent + 2) + rest);
                items.add(keys(indent + 2));
            } else {
                at++;
                items.add(scalar(rest));
            }
        }
        return items;
    }

    private Map<String, Object> keys(int indent) {
        Map<String, Object> keys = new LinkedHashMap<>();
        while (skipEmpty() && indent() == indent && !lines.get(at).startsWith("- ", indent)) {
            Matcher key = KEY.matcher(lines.get(at).substring(indent));
            if (!key.matches()) {
                throw strange();
            }
            at++;
            String value = key.group(2) == null ? "" : REMARK.matcher(key.group(2)).replaceFirst("");
            keys.put((String) scalar(key.group(1)), value.equals("|") ? text(indent)
                    : value.isEmpty() ? nested(indent) : scalar(key.group(2)));
        }
        return keys;
    }

    /** A list may stand as far left as its key. */
    private Object nested(int indent) {
        return skipEmpty() && (indent() > indent || (indent() == indent && lines.get(at).startsWith("- ", indent)))
                ? block(indent()) : "";
    }

    private String text(int outer) {
        StringBuilder text = new StringBuilder();
        int indent = indent();
        while (at < lines.size() && (lines.get(at).isBlank() || indent() > outer)) {
            text.append(lines.get(at).isBlank() ? "" : lines.get(at).substring(indent)).append('\n');
            at++;
        }
        return text.toString().stripTrailing() + '\n';
    }

    private static Object scalar(String written) {
        if (written.startsWith("\"")) {
            return written.substring(1, written.indexOf('"', 1));
        }
        if (written.startsWith("'")) {
            return written.substring(1, written.lastIndexOf('\'')).replace("''", "'");
        }
        String plain = REMARK.matcher(written).replaceFirst("");
        if (plain.equals("{}")) {
            return Map.of();
        }
        if (plain.matches("[\\[{&*!|>%@].*")) {
            throw new IllegalArgumentException("not read by this: " + written);
        }
        return plain;
    }
}
