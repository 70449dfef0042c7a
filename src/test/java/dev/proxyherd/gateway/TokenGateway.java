package dev.proxyherd.gateway;

import dev.proxyherd.gateway.access.AccessRules;
import dev.proxyherd.rights.LiveTokens;
import dev.proxyherd.rights.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A gateway whose port asks for tokens, which are in these tests what they are called, behind {@value #PREFIX}. */
final class TokenGateway implements AutoCloseable {
    static final String PREFIX = "token-of-";

    /** What lets do everything. */
    static final String HTTP_TOKEN = "a-token-for-everything";

    final TestGateway gateway;
    private final Path file;
    private final LiveTokens live;
    private final Map<String, String> fields = new TreeMap<>();

    TokenGateway(Path dir) throws IOException {
        this(dir, InstantSource.system());
    }

    TokenGateway(Path dir, InstantSource clock) throws IOException {
        file = Files.writeString(dir.resolve("tokens.json"), "{\"tokens\": []}");
        live = new LiveTokens(file, note -> {}, warning -> {});
        gateway = new TestGateway(dir, TestGateway.settings(
                new AccessRules(HTTP_TOKEN, live, false, List.of(), List.of()), 0, false, true), clock);
    }

    /** Gives a token to somebody, as {@code "see":["a"]} says, in place of the one before; null takes it away. */
    TokenGateway give(String name, String more) throws IOException {
        fields.put(name, "{\"name\":\"" + name + "\",\"sha256\":\"" + Token.hash(PREFIX + name) + "\"," + more + "}");
        if (more == null) {
            fields.remove(name);
        }
        Files.writeString(file, "{\"tokens\":[" + String.join(",", fields.values()) + "]}");
        live.look();
        return this;
    }

    static String bearer(String name) {
        return "Authorization: Bearer " + PREFIX + name;
    }

    RawHttp.Answer get(String name, String target, String... headers) throws IOException {
        return RawHttp.get(gateway.port(), target, with(name, headers));
    }

    RawHttp.Answer post(String name, String target, String body, String... headers) throws IOException {
        return RawHttp.post(gateway.port(), target, body, with(name, headers));
    }

    RawHttp.Answer send(String name, String method, String target) throws IOException {
        return RawHttp.send(gateway.port(),
                method + " " + target + " HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n"
                        + bearer(name) + "\r\n\r\n");
    }

    private static String[] with(String name, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add(bearer(name));
        return all.toArray(String[]::new);
    }

    Subscriber subscribe(String name, String query, String... headers) throws IOException {
        return new Subscriber(gateway, query, with(name, headers));
    }

    @Override
    public void close() {
        gateway.close();
    }
}
