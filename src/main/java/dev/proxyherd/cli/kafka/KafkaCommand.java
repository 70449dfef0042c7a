package dev.proxyherd.cli.kafka;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code herd kafka}: what is to be done with the topic that herds share. */
@Command(
        name = "kafka",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tidy the topic of Kafka's that herds share. No server is asked.",
        commandListHeading = "%nCommands:%n",
        subcommands = RetireCommand.class,
        footerHeading = "%nExamples:%n",
        footer = "  herd kafka retire Welsh --kafka kafka.properties")
public final class KafkaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the topic: retire");
    }
}
