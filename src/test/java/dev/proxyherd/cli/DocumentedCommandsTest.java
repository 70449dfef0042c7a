package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.Documents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The README's commands, and the exit codes of operations.md, are those of the program. */
class DocumentedCommandsTest {
    private static final CommandLine HERD = Main.commandLine(Map.of());

    /** How a command goes, without its options: {@code herd iamat CLIENT POSITION}. */
    private static String synopsis(CommandLine command) {
        return command.getCommandSpec().qualifiedName() + command.getCommandSpec().positionalParameters().stream()
                .map(DocumentedCommandsTest::shown).collect(Collectors.joining());
    }

    private static String shown(PositionalParamSpec word) {
        String label = word.paramLabel() + (word.arity().isVariable() ? "..." : "");
        return word.arity().min() == 0 ? " [" + label + ']' : ' ' + label;
    }

    @Test
    void areInTheReadmesTable() throws IOException {
        List<String> told = new ArrayList<>();
        Documents.rows(Documents.section(Documents.README, "Commands"))
                .forEach(row -> told.addAll(Documents.code(row.get(0))));
        List<String> expected = new ArrayList<>(List.of("herd"));
        ShownCommands.all().map(DocumentedCommandsTest::synopsis).forEach(expected::add);
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void headTheSectionsOfTheirOptions() throws IOException {
        List<String> told = Documents.sections(Documents.OPTIONS).stream().map(section -> section.lines().findFirst()
                .orElseThrow()).filter(heading -> heading.startsWith("`herd ")).map(heading -> heading.replace("`", ""))
                .sorted().toList();
        List<String> expected = ShownCommands.all().map(DocumentedCommandsTest::synopsis)
                .filter(synopsis -> !synopsis.equals("herd up")).sorted().toList();
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void exitAsTheTableSays() throws IOException {
        Set<String> told = new TreeSet<>();
        Documents.rows(Documents.section(Documents.OPERATIONS, "Exit codes")).forEach(row -> told.add(row.get(0)));
        Map<String, String> listed = new TreeMap<>();
        Stream.concat(Stream.of(HERD), ShownCommands.all())
                .forEach(command -> listed.putAll(command.getCommandSpec().usageMessage().exitCodeList()));
        assertThat(told).isEqualTo(new TreeSet<>(listed.keySet()));
    }
}
