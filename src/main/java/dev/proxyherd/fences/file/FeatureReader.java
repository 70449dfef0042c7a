package dev.proxyherd.fences.file;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.proxyherd.fences.BadFenceException;
import dev.proxyherd.fences.CrossingKind;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.geo.Geo;
import dev.proxyherd.store.ClientPattern;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one feature: its members in any order, those that it does not know passed over. What is wrong is told by
 * {@link #fence} only, when the feature has been read to its end. For one thread, used once.
 */
final class FeatureReader {
    /** Of an id, a name, a pattern or an address, in characters. */
    static final int MAX_TEXT = 1_024;

    private static final int MAX_PORT = 65_535;

    private static final int MAX_PATTERNS = 1_000;

    /** In metres: a margin is against jitter. */
    private static final int MAX_MARGIN = 100_000;

    private final JsonReader json;
    private final CoordinateReader coordinates;
    private @Nullable String type;
    private @Nullable String geometryType;
    private @Nullable String ownId;
    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String webhook;
    private @Nullable Double radius;
    private @Nullable Double margin;
    private @Nullable List<String> clients;
    private @Nullable List<String> events;
    private @Nullable String fault;

    FeatureReader(JsonReader json) {
        this.json = json;
        this.coordinates = new CoordinateReader(json);
    }

    /** Reads all of it. */
    void read() throws IOException {
        members("the feature", key -> {
            switch (key) {
                case "type" -> type = text(key);
                case "id" -> ownId = text(key);
                case "geometry" -> members(key, this::geometry);
                case "properties" -> members(key, this::property);
                default -> json.skipValue();
            }
        });
    }

    private void geometry(String key) throws IOException {
        switch (key) {
            case "type" -> geometryType = text(key);
            case "coordinates" -> coordinates.read();
            default -> json.skipValue();
        }
    }

    private void property(String key) throws IOException {
        switch (key) {
            case "id" -> id = text(key);
            case "name" -> name = text(key);
            case "webhook" -> webhook = text(key);
            case "radius" -> radius = number(key);
            case "margin" -> margin = number(key);
            case "clients" -> clients = texts(key);
            case "events" -> events = texts(key);
            default -> json.skipValue();
        }
    }

    /** Takes one member, whose name was read. */
    @FunctionalInterface
    private interface Member {
        void take(String key) throws IOException;
    }

    private void members(String what, Member member) throws IOException {
        if (json.peek() == JsonToken.NULL && what.equals("properties")) {
            json.nextNull();
            return;
        }
        if (json.peek() != JsonToken.BEGIN_OBJECT) {
            fault = what + " is no object";
            json.skipValue();
            return;
        }
        json.beginObject();
        while (json.hasNext()) {
            member.take(json.nextName());
        }
        json.endObject();
    }

    private @Nullable String text(String key) throws IOException {
        if (json.peek() == JsonToken.NULL) {
            json.nextNull();
            return null;
        }
        if (json.peek() != JsonToken.STRING && json.peek() != JsonToken.NUMBER) {
            fault = key + " is no text";
            json.skipValue();
            return null;
        }
        String text = json.nextString();
        if (text.isBlank() || text.length() > MAX_TEXT) {
            fault = key + " is empty, or has more than " + MAX_TEXT + " characters";
        }
        return text;
    }

    private @Nullable Double number(String key) throws IOException {
        if (json.peek() == JsonToken.NULL) {
            json.nextNull();
            return null;
        }
        if (json.peek() != JsonToken.NUMBER) {
            fault = key + " is no number of metres";
            json.skipValue();
            return null;
        }
        return json.nextDouble();
    }

    private @Nullable List<String> texts(String key) throws IOException {
        List<String> texts = new ArrayList<>();
        if (json.peek() != JsonToken.BEGIN_ARRAY) {
            String one = text(key);
            return one == null ? null : List.of(one);
        }
        json.beginArray();
        while (json.hasNext()) {
            String text = text(key);
            if (texts.size() == MAX_PATTERNS) {
                fault = key + " has more than " + MAX_PATTERNS + " entries";
            } else if (text != null) {
                texts.add(text);
            }
        }
        json.endArray();
        return texts;
    }

    /** The fence's id; null if it has none. */
    @Nullable
    String id() {
        return id == null ? ownId : id;
    }

    /** What was read, if it is a fence. */
    Fence fence() throws BadFenceException {
        String known = id();
        if (fault != null) {
            throw new BadFenceException(fault);
        }
        if (!"Feature".equals(type)) {
            throw new BadFenceException("its type is not Feature");
        }
        if (known == null) {
            throw new BadFenceException("it has no id among its properties");
        }
        double metres = margin == null ? 0 : margin;
        if (!(metres >= 0 && metres <= MAX_MARGIN)) {
            throw new BadFenceException(
                    "its margin of " + Geo.plain(metres) + " m is not from 0 to " + MAX_MARGIN);
        }
        return new Fence(known, name == null ? known : name, patterns(), kinds(), metres, address(),
                coordinates.shape(geometryType, radius));
    }

    /** A pattern has a character for each byte, as IDs have. */
    private List<ClientPattern> patterns() throws BadFenceException {
        if (clients == null) {
            return List.of();
        }
        if (clients.isEmpty()) {
            throw new BadFenceException("its clients are none; leave them out for all clients");
        }
        return clients.stream().map(text -> new ClientPattern(
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))).toList();
    }

    private Set<CrossingKind> kinds() throws BadFenceException {
        Set<CrossingKind> kinds = EnumSet.noneOf(CrossingKind.class);
        for (String text : events == null ? List.of("enter", "exit") : events) {
            kinds.add(switch (text) {
                case "enter" -> CrossingKind.ENTER;
                case "exit" -> CrossingKind.EXIT;
                default -> throw new BadFenceException("its events are not of enter and exit");
            });
        }
        if (kinds.isEmpty()) {
            throw new BadFenceException("its events are none; leave them out for both");
        }
        return kinds;
    }

    private @Nullable URI address() throws BadFenceException {
        if (webhook == null) {
            return null;
        }
        try {
            URI address = new URI(webhook);
            if (address.getRawUserInfo() != null) {
                throw new BadFenceException(
                        "its webhook has a user in it, which is not sent; messages are signed instead");
            }
            if (address.getHost() != null && address.getPort() <= MAX_PORT
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new BadFenceException(
                "its webhook is no address such as https://HOST:PORT/PATH or http://HOST/PATH, in ASCII, with "
                        + "anything else percent-encoded");
    }
}
