import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Writes a page of the manual for each command, from what picocli knows of it: the same words as its {@code --help}. picocli's
 * own generator writes AsciiDoc, in which the stars and braces of these words would mean something else.
 *
 * @param program its name and version
 * @param date what the pages are dated
 */
record ManualPages(String program, Instant date) {
    private static final Map<String, String> FILES = Map.of(
            "/etc/herd/herd-topology.json",
            "the herd's topology file, where no other is named and none is in the current folder",
            "/etc/herd/secret", "the secret of that herd",
            "/etc/herd/NAME.env, /etc/default/herd", "variables for the service herd@NAME, and for all such services",
            "/var/lib/herd", "what these services keep");

    /** Writes the pages of a command and of those below it, but for those that the help does not show. */
    void write(CommandLine command, Path folder) throws IOException {
        String name = pageName(command.getCommandSpec());
        Files.writeString(folder.resolve(name + ".1"), page(command));
        for (CommandLine inner : shown(command)) {
            write(inner, folder);
        }
    }

    private static List<CommandLine> shown(CommandLine command) {
        return command.getSubcommands().values().stream()
                .filter(inner -> !inner.getCommandSpec().usageMessage().hidden()).toList();
    }

    private static String pageName(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    private String page(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        UsageMessageSpec usage = spec.usageMessage();
        StringBuilder page = new StringBuilder();
        Consumer<String> line = text -> page.append(text).append('\n');
        line.accept(".TH \"" + escaped(pageName(spec).toUpperCase(Locale.ROOT)) + "\" 1 "
                + date.atZone(ZoneOffset.UTC).toLocalDate() + " \"" + program + "\" \"User Commands\"");
        line.accept(".SH NAME\n" + escaped(pageName(spec)) + " \\- " + escaped(summary(usage)));
        line.accept(".SH SYNOPSIS\n.nf\n" + lines(command.getHelp().synopsis(0).strip()) + "\n.fi");
        line.accept(".SH DESCRIPTION");
        Stream.of(usage.description()).filter(text -> !text.isBlank())
                .forEach(text -> line.accept(lines(format(text))));
        section(line, "COMMANDS", shown(command).stream().map(inner -> item(pageName(inner.getCommandSpec()) + "(1)",
                summary(inner.getCommandSpec().usageMessage()))));
        section(line, "ARGUMENTS", spec.positionalParameters().stream().map(ManualPages::item));
        section(line, "OPTIONS", spec.options().stream().map(ManualPages::item));
        section(line, "EXIT STATUS", usage.exitCodeList().entrySet().stream()
                .map(code -> item(code.getKey(), format(code.getValue()))));
        section(line, "FILES",
                spec.parent() != null ? Stream.empty() : FILES.entrySet().stream().sorted(Map.Entry.comparingByKey())
                        .map(file -> item(file.getKey(), file.getValue())));
        section(line, "EXAMPLES", usage.footer().length == 0 ? Stream.empty()
                : Stream.of(".nf\n" + Stream.of(usage.footer()).map(text -> lines(format(text)))
                        .collect(Collectors.joining("\n")) + "\n.fi"));
        section(line, "SEE ALSO", spec.parent() == null ? Stream.of("The documents in /usr/share/doc/herd.")
                : Stream.of("\\fB" + escaped(pageName(spec.root())) + "\\fR(1)"));
        return page.toString();
    }

    private static void section(Consumer<String> line, String heading, Stream<String> content) {
        List<String> all = content.toList();
        if (!all.isEmpty()) {
            line.accept(".SH " + heading);
            all.forEach(line);
        }
    }

    /** What a command does, in a sentence without its full stop. */
    private static String summary(UsageMessageSpec usage) {
        String all = format(String.join(" ", usage.header().length > 0 ? usage.header() : usage.description())).strip();
        int end = all.indexOf(". ");
        return (end < 0 ? all : all.substring(0, end)).replaceFirst("\\.$", "");
    }

    private static String item(OptionSpec option) {
        String names = Stream.of(option.names())
                .map(name -> option.negatable() ? name.replaceFirst("^--", "--[no-]") : name)
                .collect(Collectors.joining(", "));
        String value = option.arity().max() == 0 ? "" : '=' + option.paramLabel();
        return item(names + (option.arity().max() > 0 && option.arity().min() == 0 ? '[' + value + ']' : value),
                format(String.join(" ", option.description())));
    }

    private static String item(PositionalParamSpec word) {
        return item(word.paramLabel(), format(String.join(" ", word.description())));
    }

    private static String item(String term, String text) {
        return ".TP\n\\fB" + escaped(term) + "\\fR\n" + lines(text);
    }

    /** picocli's texts are formats. */
    private static String format(String text) {
        return String.format(Locale.ROOT, text);
    }

    /** Lines of which none is taken for a request. */
    private static String lines(String text) {
        return escaped(text).lines().map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
                .collect(Collectors.joining("\n"));
    }

    /** In roff a plain hyphen, caret, tilde and grave accent are not those that can be pasted. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("^", "\\(ha").replace("~", "\\(ti").replace("`",
                "\\(ga");
    }
}
