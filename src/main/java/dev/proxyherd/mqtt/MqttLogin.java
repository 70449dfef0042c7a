package dev.proxyherd.mqtt;

import dev.proxyherd.io.FileReason;
import dev.proxyherd.mqtt.broker.BrokerPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who a server says that it is.
 *
 * @param passwordFile holds the password, without the end of its line; read again for each connection; null for none
 * @param password if there is no file; null for none
 */
public record MqttLogin(String user, @Nullable Path passwordFile, @Nullable String password) {
    private static final int MAX_BYTES = 65_535;

    /** @throws IOException if the file cannot be read; the message names it */
    BrokerPlan.Login read() throws IOException {
        if (passwordFile == null) {
            return new BrokerPlan.Login(user, password == null ? null : password.getBytes(StandardCharsets.UTF_8));
        }
        try {
            if (Files.size(passwordFile) > MAX_BYTES) {
                throw new IOException(passwordFile + " holds no password: it has more than " + MAX_BYTES + " bytes");
            }
            String text = Files.readString(passwordFile, StandardCharsets.ISO_8859_1);
            return new BrokerPlan.Login(user, text.replaceAll("[\r\n]+$", "").getBytes(StandardCharsets.ISO_8859_1));
        } catch (java.nio.file.FileSystemException e) {
            throw new IOException(FileReason.of(passwordFile, e), e);
        }
    }

    /** Without the password, for logs. */
    @Override
    public String toString() {
        return user;
    }
}
