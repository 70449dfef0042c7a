package dev.proxyherd.cli.options;

import dev.proxyherd.topology.HerdSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What an option is worth that was not given: the environment's word ({@code --max-line}: {@code HERD_MAX_LINE}), else
 * the topology file's ({@code maxLine}), else the option's own default.
 *
 * @param environment the environment variables
 * @param settings what the topology file sets
 */
public record OptionDefaults(Map<String, String> environment, HerdSettings settings) implements IDefaultValueProvider {
    /** How messages begin that are about an option's value, picocli's and ours. */
    private static final Pattern ABOUT_OPTION = Pattern.compile("(?:Invalid value for option ')?(--[a-z-]+)");

    /** Short: picocli makes texts for a log that nobody reads, one for each option at each start. */
    @Override
    public String toString() {
        return "the environment and the topology file";
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String fromEnvironment = environment.get(variable(option.longestName()));
        return fromEnvironment != null ? fromEnvironment : settings.values().get(setting(option.longestName()));
    }

    /** What sets an option in place of the topology file: the option on the command line, or a variable; or null. */
    public static @Nullable String whoOverrules(OptionSpec option, CommandLine command) {
        OptionDefaults defaults =
                (OptionDefaults) command.getCommandSpec().root().commandLine().getDefaultValueProvider();
        String variable = variable(option.longestName());
        return command.getParseResult().hasMatchedOption(option) ? option.longestName() + " on the command line"
                : defaults.environment().containsKey(variable) ? variable + " in the environment" : null;
    }

    /**
     * The message, after the place where the value stands that it is about: whoever reads of an option that they have not
     * given looks for it in vain on the command line.
     *
     * @param args the command line
     */
    public String placed(String message, List<String> args) {
        Matcher about = ABOUT_OPTION.matcher(message);
        if (!about.lookingAt()) {
            return message;
        }
        String option = about.group(1);
        if (args.stream().anyMatch(arg -> arg.equals(option) || arg.startsWith(option + '='))) {
            return message;
        }
        String place = environment.containsKey(variable(option))
                ? variable(option)
                : settings.places().get(setting(option));
        return place == null ? message : place + ": " + message;
    }

    static String variable(String optionName) {
        return "HERD_" + optionName.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** What an option is called in the topology file. */
    public static String setting(String optionName) {
        String[] words = optionName.substring(2).split("-");
        StringBuilder name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return name.toString();
    }
}
