package dev.proxyherd.cli.kafka;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.kafka.KafkaSettings;
import dev.proxyherd.protocol.ServerName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code herd kafka retire NAME}: deletes what a server that is gone for good has left in the topic. */
@Command(
        name = "retire",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Delete what a server has published that is gone for good: it alone would ever write there. Servers that "
                + "know its clients go on knowing them; one that starts empty learns no more of them from the topic. The exit "
                + "code is 1 when there is nothing of it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd kafka retire Welsh --kafka kafka.properties",
            "  herd kafka retire Welsh --kafka kafka.properties --kafka-topic herd.test"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class RetireCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The server's name.")
    private String name;

    @Option(names = "--kafka", paramLabel = "FILE", required = true,
            description = "The settings of Kafka's own client, as servers are given them.")
    private Path file;

    @Option(names = "--kafka-topic", paramLabel = "TOPIC", defaultValue = KafkaSettings.TOPIC,
            description = "The topic that herds share (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Option(names = "--yes", fallbackValue = "true", description = "Even if it has published within the last minute.")
    private boolean yes;

    @Override
    public Integer call() throws CliException, InterruptedException {
        CliException.unless(ServerName.isName(name), "NAME must be 1 to 64 of A-Z a-z 0-9 . _ -");
        try {
            KafkaSettings settings = KafkaSettings.read(file, topic, null);
            long deleted = settings.library().retire(settings, name, yes);
            if (deleted == 0) {
                spec.commandLine().getErr()
                        .println("herd: there is nothing of a server called " + name + " in " + topic);
                return 1;
            }
            spec.commandLine().getOut().println("retired: " + name + ", of which " + deleted
                    + (deleted == 1 ? " record is" : " records are") + " deleted in " + topic);
            return 0;
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }
}
