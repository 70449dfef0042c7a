package dev.proxyherd.kafka;

import dev.proxyherd.io.FileReason;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The properties file of {@code --kafka}, in the form that all of Kafka's own programs read. */
final class KafkaFile {
    private static final String SERVERS = "bootstrap.servers";

    private KafkaFile() {
    }

    /** @throws IOException if it cannot be read, or says not where Kafka is; the message names the file */
    static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": not UTF-8; save the file as UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": no properties file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException("--kafka: " + file + " cannot be read: " + FileReason.of(e), e);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name).strip()));
        if (values.getOrDefault(SERVERS, "").isEmpty()) {
            throw new IOException(file + " does not say where Kafka is; add a line such as " + SERVERS
                    + "=kafka.example.org:9092");
        }
        return values;
    }
}
