package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.NamedAddress;
import dev.proxyherd.mqtt.MqttLogin;
import dev.proxyherd.mqtt.MqttSettings;
import dev.proxyherd.mqtt.TopicFilter;
import dev.proxyherd.mqtt.broker.BrokerAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What servers have to do with MQTT brokers. */
final class MqttOptions {
    private static final String PASSWORD = "HERD_MQTT_PASSWORD";

    @Option(names = "--mqtt", paramLabel = "[NAME=]URL", split = ",",
            description = "Take reports of apps from an MQTT broker: tcp://HOST:PORT, or ssl://HOST:PORT for TLS; without a name "
                    + "for the first server here. Once for each server.")
    List<String> brokers = List.of();

    @Option(names = "--mqtt-topic", paramLabel = "FILTER", defaultValue = "owntracks/+/+",
            description = "The topics to subscribe to; the last two levels are user and device. none: take no reports, but "
                    + "publish (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Option(names = "--mqtt-publish", paramLabel = "PREFIX",
            description = "Publish there what the server hears otherwise, a retained message for each client, in OwnTracks' "
                    + "JSON.")
    private @Nullable String prefix;

    @Option(names = "--mqtt-user", paramLabel = "USER", description = "Who the servers are to the broker.")
    private @Nullable String user;

    @Option(names = "--mqtt-password-file", paramLabel = "FILE",
            description = "A file with the user's password (default: the variable HERD_MQTT_PASSWORD).")
    private @Nullable Path passwordFile;

    @Option(names = "--mqtt-ca", paramLabel = "FILE",
            description = "With ssl: certificates of the authorities that must have issued the broker's, as PEM (default: those "
                    + "that Java trusts).")
    private @Nullable Path authorities;

    /**
     * By the names of servers that run here; a topology file speaks to all.
     *
     * @param names the servers that run here; a broker without a name is for the first of them
     * @param herd all servers
     */
    Map<String, MqttSettings> parse(List<String> names, Set<String> herd, boolean takesNullIsland)
            throws CliException {
        Map<String, MqttSettings> byName = new HashMap<>();
        Map<String, String> given = new HashMap<>();
        for (String option : brokers) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? names.getFirst() : option.substring(0, equals);
            CliException.unless(herd.contains(name), "--mqtt " + option + ": there is no server '" + name
                    + "'; the servers are " + String.join(", ", herd));
            NamedAddress.unlessTwo("--mqtt", name, option, given);
            BrokerAddress broker = broker(option, option.substring(equals + 1));
            if (names.contains(name)) {
                byName.put(name, settings(broker, takesNullIsland));
            }
        }
        return byName;
    }

    private static BrokerAddress broker(String option, String url) throws CliException {
        try {
            return BrokerAddress.parse(url);
        } catch (IllegalArgumentException e) {
            throw new CliException("--mqtt " + option + ": " + e.getMessage());
        }
    }

    private MqttSettings settings(BrokerAddress broker, boolean takesNullIsland) throws CliException {
        CliException.unless(authorities == null || broker.tls(), "--mqtt-ca goes with ssl://, and --mqtt is " + broker);
        try {
            return new MqttSettings(broker, login(), authorities, filter(), prefix, takesNullIsland);
        } catch (IllegalArgumentException e) {
            throw new CliException(e.getMessage());
        }
    }

    private @Nullable MqttLogin login() throws CliException {
        String password = System.getenv(PASSWORD);
        if (user == null) {
            CliException.unless(passwordFile == null, "--mqtt-password-file needs --mqtt-user");
            CliException.unless(password == null, PASSWORD + " needs --mqtt-user");
            return null;
        }
        CliException.unless(!user.isEmpty(), "--mqtt-user is empty; give a name, or leave it out");
        return new MqttLogin(user, passwordFile, password);
    }

    private @Nullable TopicFilter filter() throws CliException {
        try {
            return topic.equals("none") ? null : new TopicFilter(topic);
        } catch (IllegalArgumentException e) {
            throw new CliException("--mqtt-topic " + topic + ": " + e.getMessage());
        }
    }
}
