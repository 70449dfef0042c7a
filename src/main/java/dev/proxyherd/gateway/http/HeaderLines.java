package dev.proxyherd.gateway.http;

import com.sun.net.httpserver.HttpExchange;
import dev.proxyherd.foreign.ClientIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The headers of one answer, and the only way in which any goes out. What is not visible ASCII or a blank is
 * percent-encoded in UTF-8: so no value, whatever it was made of, ends a line, folds one, or moves a terminal's cursor.
 */
final class HeaderLines {
    private final HttpExchange exchange;

    HeaderLines(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /** Sets a header in place of any that was set before. */
    void set(String name, String value) {
        exchange.getResponseHeaders().set(name, safe(value));
    }

    /** Adds a value beside those that were set before. */
    void add(String name, String value) {
        exchange.getResponseHeaders().add(name, safe(value));
    }

    /** Forgets all that was set. */
    void clear() {
        exchange.getResponseHeaders().clear();
    }

    /**
     * Sends status line and headers.
     *
     * @param length of the body, -1 for none, 0 for one that goes on until it ends
     */
    void send(int status, long length) throws IOException {
        exchange.sendResponseHeaders(status, length);
    }

    static String safe(String value) {
        if (isPlain(value)) {
            return value;
        }
        StringBuilder safe = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isPlain(c)) {
                safe.append(c);
            } else {
                ClientIds.escape(safe, c);
            }
        }
        return safe.toString();
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isPlain(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7F;
    }
}
