package dev.proxyherd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's documents, and what tests look up in them. */
public final class Documents {
    public static final Path README = Path.of("README.md");
    public static final Path OPTIONS = Path.of("src/doc/options.md");
    public static final Path OPERATIONS = Path.of("src/doc/operations.md");
    public static final Path SCALING = Path.of("src/doc/scaling.md");
    public static final Path ALERTS = Path.of("src/doc/alerts.md");
    public static final Path HTTP = Path.of("src/doc/http.md");
    public static final Path PROTOCOL = Path.of("src/doc/protocol.md");
    public static final Path ARCHITECTURE = Path.of("src/doc/architecture.md");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Documents() {
    }

    /**
     * A block of code.
     *
     * @param language what it is marked as; empty when it is not
     */
    public record Block(String language, String text) {
    }

    /** All of them, the README first. */
    public static List<Path> all() throws IOException {
        List<Path> all = new ArrayList<>(List.of(README));
        for (Path folder : List.of(Path.of("src/doc"), Path.of(".github"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(all::add);
            }
        }
        return all;
    }

    /** The sections of a document, what stands before the first heading of the second level first. */
    public static List<String> sections(Path document) throws IOException {
        return List.of(Files.readString(document).split("(?m)^## "));
    }

    /** The section whose heading begins like this. */
    public static String section(Path document, String heading) throws IOException {
        return sections(document).stream().filter(section -> section.startsWith(heading)).findFirst()
                .orElseThrow(() -> new AssertionError("no section '" + heading + "' in " + document));
    }

    /** The blocks of code in a text, in their order. */
    public static List<Block> blocks(String text) {
        return BLOCK.matcher(text).results().map(block -> new Block(block.group(1), block.group(2))).toList();
    }

    /** A text without its blocks of code. */
    public static String prose(String text) {
        return BLOCK.matcher(text).replaceAll("");
    }

    /** The cells of all rows of all tables in a text, heads and rules left out. */
    public static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> lines = prose(text).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            boolean head = i + 1 < lines.size() && lines.get(i + 1).startsWith("| ---");
            if (lines.get(i).startsWith("| ") && !lines.get(i).startsWith("| ---") && !head) {
                rows.add(Arrays.stream(lines.get(i).substring(1).split("(?<!\\\\)\\|")).map(String::strip).toList());
            }
        }
        return rows;
    }

    /** What is set as code in a text, without its marks. */
    public static List<String> code(String text) {
        return CODE.matcher(text).results().map((MatchResult code) -> code.group(1)).toList();
    }
}
