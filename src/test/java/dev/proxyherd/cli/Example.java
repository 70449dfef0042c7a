package dev.proxyherd.cli;

import dev.proxyherd.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Something to paste into a shell, as a document or a {@code --help} shows it.
 *
 * @param output what is shown to come of it, or null
 */
record Example(String command, String output) {
    private static final Pattern SPAN = Pattern.compile("`((?:bin/herd|curl|mvn)\\s[^`]*)`");

    /** What tells in words, on the same line, what an example does. */
    private static final Pattern REMARK = Pattern.compile(" {2,}.*");

    /** What is marked as a shell's, and the output that an unmarked block after it shows. */
    static List<Example> ofDocuments() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Path document : Documents.all()) {
            for (String section : Documents.sections(document)) {
                ofBlocks(Documents.blocks(section), examples);
                SPAN.matcher(Documents.prose(section)).results()
                        .map(span -> of(span.group(1).replaceAll("\\s+", " "))).forEach(examples::add);
            }
        }
        return examples;
    }

    private static void ofBlocks(List<Documents.Block> blocks, List<Example> examples) {
        for (int i = 0; i < blocks.size(); i++) {
            String commands = blocks.get(i).text();
            if (!blocks.get(i).language().equals("sh")) {
                continue;
            }
            if (i + 1 < blocks.size() && blocks.get(i + 1).language().isEmpty()) {
                examples.add(new Example(commands.strip(), blocks.get(i + 1).text()));
            } else {
                commands.lines().map(Example::of).forEach(examples::add);
            }
        }
    }

    /** The topology file of options.md. */
    static String topology() throws IOException {
        return Documents.blocks(Documents.section(Documents.OPTIONS, "The topology file")).stream()
                .filter(block -> block.language().equals("json")).findFirst().orElseThrow().text();
    }

    /** The file of fences.md. */
    static String fences() throws IOException {
        return Documents.blocks(Files.readString(Path.of("src/doc/fences.md"))).stream()
                .filter(block -> block.language().equals("json")).findFirst().orElseThrow().text();
    }

    static List<Example> ofHelp() {
        CommandLine herd = Main.commandLine(Map.of());
        return ShownCommands.ofOne(herd)
                .flatMap(command -> Stream.of(command.getCommandSpec().usageMessage().footer()))
                .map(line -> of(line.strip())).toList();
    }

    private static Example of(String line) {
        return new Example(REMARK.matcher(line).replaceFirst(""), null);
    }

    /** What names it among the others, wherever bin/herd is. */
    @Override
    public String toString() {
        return command.replaceFirst("^bin/herd", "herd");
    }
}
