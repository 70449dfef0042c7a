package dev.proxyherd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Something to paste into a shell, as the README or a {@code --help} shows it.
 *
 * @param output what is shown to come of it, or null
 */
record Example(String command, String output) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern SPAN = Pattern.compile("`((?:bin/herd|curl|mvn)\\s[^`]*)`");

    /** What tells in words, on the same line, what an example does. */
    private static final Pattern REMARK = Pattern.compile(" {2,}.*");

    static List<Example> ofReadme() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String section : Files.readString(Path.of("README.md")).split("(?m)^## ")) {
            List<MatchResult> blocks = BLOCK.matcher(section).results().toList();
            for (int i = 0; i < blocks.size(); i++) {
                String commands = blocks.get(i).group(2);
                if (i + 1 < blocks.size() && language(blocks.get(i + 1)).isEmpty()) {
                    examples.add(new Example(commands.strip(), blocks.get(i + 1).group(2)));
                } else if (!Set.of("", "json").contains(language(blocks.get(i)))) {
                    commands.lines().map(Example::of).forEach(examples::add);
                }
            }
            SPAN.matcher(BLOCK.matcher(section).replaceAll("")).results()
                    .map(span -> of(span.group(1).replaceAll("\\s+", " "))).forEach(examples::add);
        }
        return examples;
    }

    private static String language(MatchResult block) {
        return block.group(1);
    }

    /** The README's topology file. */
    static String topology() throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("README.md"))).results()
                .filter(block -> language(block).equals("json")).findFirst().orElseThrow().group(2);
    }

    static List<Example> ofHelp() {
        CommandLine herd = Main.commandLine(Map.of());
        return Stream.concat(Stream.of(herd), herd.getSubcommands().values().stream())
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
