package dev.proxyherd.cli;

import dev.proxyherd.cli.ask.IamatCommand;
import dev.proxyherd.cli.ask.PlacesCommand;
import dev.proxyherd.cli.ask.SendCommand;
import dev.proxyherd.cli.ask.WhatsatCommand;
import dev.proxyherd.cli.fence.FencesCommand;
import dev.proxyherd.cli.kafka.KafkaCommand;
import dev.proxyherd.cli.measure.BenchCommand;
import dev.proxyherd.cli.options.ByteSize;
import dev.proxyherd.cli.options.OptionDefaults;
import dev.proxyherd.cli.options.Terminal;
import dev.proxyherd.cli.options.Units;
import dev.proxyherd.cli.plan.TopologyCommand;
import dev.proxyherd.cli.play.ReplayCommand;
import dev.proxyherd.cli.play.SimulateCommand;
import dev.proxyherd.cli.serve.TrainCommand;
import dev.proxyherd.cli.serve.UpCommand;
import dev.proxyherd.cli.token.TokenCommand;
import dev.proxyherd.cli.watch.ForgetCommand;
import dev.proxyherd.cli.watch.ReloadCommand;
import dev.proxyherd.cli.watch.StatusCommand;
import dev.proxyherd.cli.watch.TraceCommand;
import dev.proxyherd.topology.HerdSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.security.Security;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The program's entry point. */
public final class Main {
    private static final int HELP_WIDTH = 100;

    /** As shells count the end by SIGPIPE, which a JVM does not know. */
    private static final int BROKEN_PIPE = 128 + 13;

    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    private Main() {
    }

    public static void main(String[] args) {
        cacheNoHostNames();
        System.exit(withOutputChecked(commandLine(System.getenv(), args).execute(args)));
    }

    /** By default Java keeps an address for 30 s after the name has got another, and for 10 s that a name has none. */
    private static void cacheNoHostNames() {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    /** What could not be printed must not look as if it had been: the disk may be full. A reader that has gone knows it. */
    private static int withOutputChecked(int code) {
        if (!System.out.checkError()) {
            return code;
        }
        String reason = "part of it is lost";
        // A PrintStream does not tell why it failed; whoever tries again hears it.
        try (FileOutputStream again = new FileOutputStream(FileDescriptor.out)) {
            again.write('\n');
        } catch (IOException e) {
            reason = e.getMessage();
        }
        if ("Broken pipe".equals(reason)) {
            return BROKEN_PIPE;
        }
        System.err.println("herd: the output cannot be written: " + reason);
        return CommandLine.ExitCode.USAGE;
    }

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("up", UpCommand::new);
        commands.put("iamat", IamatCommand::new);
        commands.put("whatsat", WhatsatCommand::new);
        commands.put("send", SendCommand::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("simulate", SimulateCommand::new);
        commands.put("places", PlacesCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("trace", TraceCommand::new);
        commands.put("forget", ForgetCommand::new);
        commands.put("kafka", KafkaCommand::new);
        commands.put("reload", ReloadCommand::new);
        commands.put("topology", TopologyCommand::new);
        commands.put("fences", FencesCommand::new);
        commands.put("token", TokenCommand::new);
        commands.put("bench", BenchCommand::new);
        commands.put("train", TrainCommand::new);
        return commands;
    }

    /**
     * The command line that is to read these arguments. Describing a command to picocli takes some 15 ms, so where the
     * first argument says which one is meant, or that a server is, the others are left out.
     */
    public static CommandLine commandLine(Map<String, String> environment, String... args) {
        CommandLine line = new CommandLine(new HerdCommand());
        String first = args.length == 0 ? "" : args[0];
        if (COMMANDS.containsKey(first)) {
            line.addSubcommand(COMMANDS.get(first).get());
        } else if (!first.startsWith("--name")) {
            COMMANDS.values().forEach(command -> line.addSubcommand(command.get()));
        }
        // Southern and western numbers begin like an option.
        Stream.of("iamat", "places", "fences").map(line.getSubcommands()::get).filter(Objects::nonNull)
                .forEach(command -> command.setUnmatchedOptionsArePositionalParams(true));
        if (Terminal.isDumb(environment)) {
            line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        }
        // Unlike picocli's own writers these tell what the streams below them have failed to write.
        line.setOut(new PrintWriter(System.out, true, System.out.charset()));
        line.setErr(new PrintWriter(System.err, true, System.err.charset()));
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        registerConverters(line);
        Map<String, String> variables = first.equals("train") ? Map.of() : environment;
        line.setDefaultValueProvider(new OptionDefaults(variables, new HerdSettings(Map.of(), Map.of())));
        line.setParameterExceptionHandler(ErrorMessages::explain);
        line.setExecutionStrategy(Main::run);
        line.setExecutionExceptionHandler(ErrorMessages::report);
        return line;
    }

    private static void registerConverters(CommandLine line) {
        line.registerConverter(Duration.class, Units::duration);
        line.registerConverter(ByteSize.class, Units::byteSize);
        line.registerConverter(int.class, Units::wholeNumber);
        line.registerConverter(Integer.class, Units::wholeNumber);
        line.registerConverter(long.class, Units::longNumber);
        line.registerConverter(double.class, text -> Units.decimal(text).doubleValue());
        line.registerConverter(Double.class, text -> Units.decimal(text).doubleValue());
        line.registerConverter(boolean.class, Units::trueOrFalse);
        line.registerConverter(BigDecimal.class, Units::decimal);
        line.registerConverter(URI.class, Units::url);
    }

    /** Whether it is a command's name, also where the command line leaves that command out. */
    static boolean isCommand(String word) {
        return COMMANDS.containsKey(word);
    }

    /** picocli takes an option before a command for the herd's own, and so it would have no effect. */
    private static int run(CommandLine.ParseResult result) {
        if (result.hasSubcommand() && !result.matchedOptions().isEmpty()
                && !result.isUsageHelpRequested() && !result.isVersionHelpRequested()) {
            CommandLine command = result.subcommand().commandSpec().commandLine();
            throw new ParameterException(command, result.matchedOptions().getFirst().longestName()
                    + " stands before the command; options go after '" + command.getCommandName() + "'");
        }
        return new CommandLine.RunLast().execute(result);
    }
}
