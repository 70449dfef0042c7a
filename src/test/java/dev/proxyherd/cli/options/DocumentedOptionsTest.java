package dev.proxyherd.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.Documents;
import dev.proxyherd.cli.Main;
import dev.proxyherd.cli.ShownCommands;
import dev.proxyherd.cli.serve.ServerFile;
import dev.proxyherd.cli.serve.ServerOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The tables of options.md and the options of the commands are the same, in both directions. */
class DocumentedOptionsTest {
    private static final String SERVERS = "Servers:";
    private static final String AS_FOR_SERVERS = "as for servers";
    private static final Pattern DEFAULT = Pattern.compile("\\(default: (.*?)\\)\\.?( |$)");
    private static final CommandLine HERD = Main.commandLine(Map.of());

    static List<String> commands() {
        return ShownCommands.all().map(command -> command.getCommandSpec().qualifiedName().substring("herd ".length()))
                .filter(name -> !name.equals("up")).toList();
    }

    /** The rows of the section with this heading, by the option's name. */
    private static Map<String, List<String>> rows(String heading) throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (List<String> row : Documents.rows(Documents.section(Documents.OPTIONS, heading))) {
            for (String option : Documents.code(row.get(0))) {
                assertThat(rows.put(option.split(" ")[0], row)).as("%s twice", option).isNull();
            }
        }
        return rows;
    }

    private static Map<String, OptionSpec> options(CommandSpec command) {
        return command.options().stream().filter(option -> !option.usageHelp() && !option.versionHelp())
                .collect(Collectors.toMap(OptionSpec::longestName, option -> option, (one, same) -> one, TreeMap::new));
    }

    /** What the help says is the default; what it says nothing of is off or none. */
    private static String defaultOf(OptionSpec option) {
        Matcher said = DEFAULT.matcher(String.join(" ", option.description()));
        if (!said.find()) {
            return option.arity().min() == 0 ? "off" : "none";
        }
        return said.group(1).replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
    }

    private static String plain(String cell) {
        return cell.replace("`", "");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void ofACommandAreInItsTable(String command) throws IOException {
        CommandSpec spec = ShownCommands.all().map(CommandLine::getCommandSpec)
                .filter(one -> one.qualifiedName().equals("herd " + command)).findFirst().orElseThrow();
        Map<String, OptionSpec> options = options(spec);
        Map<String, OptionSpec> ofServers = options(HERD.getCommandSpec());
        Map<String, List<String>> rows = rows("`herd " + command);
        assertThat(rows.keySet()).as(command).isEqualTo(options.keySet());
        options.forEach((name, option) -> {
            String told = plain(rows.get(name).get(1));
            String same = ofServers.containsKey(name) ? defaultOf(ofServers.get(name)) : null;
            assertThat(told.equals(AS_FOR_SERVERS) ? same : told).as("default of %s %s", command, name)
                    .isEqualTo(defaultOf(option));
        });
    }

    @Test
    void ofServersAreInTheirTable() throws IOException {
        Map<String, OptionSpec> options = options(HERD.getCommandSpec());
        Map<String, List<String>> rows = rows(SERVERS);
        assertThat(rows.keySet()).isEqualTo(options.keySet());
        options.forEach((name, option) -> assertThat(plain(rows.get(name).get(3))).as("default of %s", name)
                .isEqualTo(defaultOf(option)));
    }

    @Test
    void ofServersHaveTheseNamesInTheEnvironmentAndTheTopologyFile() throws IOException {
        List<String> inTopology = CommandSpec.forAnnotatedObject(new ServerOptions()).options().stream()
                .map(OptionSpec::longestName).toList();
        rows(SERVERS).forEach((name, row) -> {
            assertThat(Documents.code(row.get(1))).containsExactly(OptionDefaults.variable(name));
            assertThat(Documents.code(row.get(2))).as("%s in the topology file", name)
                    .isEqualTo(inTopology.contains(name) ? List.of(OptionDefaults.setting(name)) : List.of());
        });
    }

    @Test
    void thatMayChangeWhileServersRunAreNamed() throws IOException {
        String told = Documents.section(Documents.OPTIONS, "The topology file");
        assertThat(Documents.code(told.substring(told.indexOf("Servers read it again"))).stream()
                .filter(code -> code.startsWith("--"))).containsExactlyInAnyOrderElementsOf(ServerFile.LIVING);
    }

    @Test
    void ofUpAreThoseOfOneServerButItsName() {
        Map<String, OptionSpec> options = options(HERD.getCommandSpec());
        options.remove("--name");
        assertThat(options(HERD.getSubcommands().get("up").getCommandSpec()).keySet()).isEqualTo(options.keySet());
    }

    @Test
    void thatAreNamedInAnyDocumentAreOptionsOfACommand() throws IOException {
        List<String> known = Stream.concat(Stream.of(HERD), ShownCommands.all())
                .flatMap(command -> command.getCommandSpec().options().stream())
                .flatMap(option -> Arrays.stream(option.names())).map(name -> name.replace("[no-]", "")).toList();
        for (String section : Documents.sections(Documents.OPTIONS)) {
            assertThat(Documents.code(Documents.prose(section)).stream().map(code -> code.split("[ =,]")[0])
                    .filter(code -> code.startsWith("--")))
                    .allMatch(code -> known.contains(code.replace("--no-h", "--h"))
                            || known.contains(code));
        }
    }
}
