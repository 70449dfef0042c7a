package dev.proxyherd.cli;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What an option is worth that was not given: the environment's word ({@code --max-line}: {@code HERD_MAX_LINE}), else
 * the topology file's ({@code maxLine}), else the option's own default.
 *
 * @param environment the environment variables
 * @param settings what the topology file sets, by name
 */
record OptionDefaults(Map<String, String> environment, Map<String, String> settings) implements IDefaultValueProvider {

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String fromEnvironment = environment.get(variable(option.longestName()));
        return fromEnvironment != null ? fromEnvironment : settings.get(setting(option.longestName()));
    }

    static String variable(String optionName) {
        return "HERD_" + optionName.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    static String setting(String optionName) {
        String[] words = optionName.substring(2).split("-");
        StringBuilder name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return name.toString();
    }
}
