package dev.proxyherd.topology;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.proxyherd.io.FileReason;
import dev.proxyherd.protocol.ServerName;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a topology file: {@code {"servers": {"Alford": {"host": "127.0.0.1", "port": 12000}}, "links": [["Alford",
 * "Parker"]]}}, and beside these two keys any settings. It reads token by token, so that every fault is reported with
 * the line and column where it stands. One use.
 */
public final class TopologyFile {
    private static final Pattern LINE_AND_COLUMN = Pattern.compile("line \\d+ column \\d+");
    private static final Map<String, String> TOKENS = Map.of("BEGIN_OBJECT", "an object {...}", "BEGIN_ARRAY",
            "a list [...]", "END_ARRAY", "the end of a list", "STRING", "text", "NUMBER", "a number", "BOOLEAN",
            "true or false", "NULL", "null", "a string", "text");
    /** A name, or an address in digits; only IPv6 has colons, two at least. */
    private static final Pattern HOST = Pattern.compile("[^\\s:\\[\\]]+|[^\\s:\\[\\]]*:[^\\s:\\[\\]]*:[^\\s\\[\\]]*");
    private static final int MAX_PORT = 65_535;

    private final JsonReader json;
    private final TopologyDraft draft;

    private TopologyFile(JsonReader json, TopologyDraft draft) {
        this.json = json;
        this.draft = draft;
    }

    /** @throws TopologyException if the file cannot be read or used; the message tells the mend */
    public static Topology read(Path path) throws TopologyException {
        try (Reader reader = Files.newBufferedReader(path)) {
            return read(path, reader);
        } catch (CharacterCodingException e) {
            throw new TopologyException(path + ": not UTF-8; save the file as UTF-8");
        } catch (IOException e) {
            throw new TopologyException(path + ": cannot be read: " + FileReason.of(e) + "; name another file");
        }
    }

    private static Topology read(Path path, Reader reader) throws TopologyException, IOException {
        JsonReader json = new JsonReader(reader);
        json.setStrictness(Strictness.STRICT);
        TopologyDraft draft = new TopologyDraft(path);
        TopologyFile file = new TopologyFile(json, draft);
        try {
            file.readAll();
        } catch (MalformedJsonException | EOFException e) {
            throw file.fault("the JSON is broken here: " + whatIsBroken(e) + "; mend the syntax");
        } catch (IllegalStateException e) {
            throw file.fault(inWords(firstWords(e)) + "; see the example in src/doc/options.md");
        }
        return draft.finish();
    }

    private static String whatIsBroken(IOException e) {
        return e instanceof EOFException ? "the file ends too early" : firstWords(e);
    }

    /** As people say it who do not know the JSON library's names. */
    private static String inWords(String expectation) {
        String words = expectation.replaceFirst("Expected (.*) but was (.*)", "here belongs $1, and not $2");
        for (Map.Entry<String, String> token : TOKENS.entrySet()) {
            words = words.replace(token.getKey(), token.getValue());
        }
        return words;
    }

    private static String firstWords(Exception e) {
        return String.valueOf(e.getMessage()).replaceFirst("(?s) at line .*", "").replaceFirst("(?s)Use JsonReader.*",
                "malformed JSON");
    }

    private void readAll() throws IOException, TopologyException {
        Set<String> keys = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            if (!keys.add(key)) {
                throw fault("the key '" + key + "' is there twice; keep one");
            }
            switch (key) {
                case "servers" -> readServers();
                case "links" -> readLinks();
                default -> readSetting(key);
            }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw fault("nothing may follow the closing brace; remove it");
        }
    }

    private void readSetting(String key) throws IOException, TopologyException {
        String place = place();
        switch (json.peek()) {
            case STRING, NUMBER -> draft.addSetting(key, json.nextString(), place);
            case BOOLEAN -> draft.addSetting(key, String.valueOf(json.nextBoolean()), place);
            case BEGIN_ARRAY -> draft.addSetting(key, readList(key, place), place);
            default -> throw noSetting(key, place);
        }
    }

    /** A list of what an option takes several of, written as on the command line. */
    private String readList(String key, String place) throws IOException, TopologyException {
        json.beginArray();
        List<String> values = new ArrayList<>();
        while (json.hasNext()) {
            if (json.peek() != JsonToken.STRING && json.peek() != JsonToken.NUMBER) {
                throw noSetting(key, place);
            }
            values.add(json.nextString());
        }
        json.endArray();
        return String.join(",", values);
    }

    private TopologyException noSetting(String key, String place) {
        return draft.fault(place,
                "'" + key + "' is no key, or its value is neither text, a number, true, false, nor a list of "
                        + "texts; the keys are servers, links, and names of options");
    }

    private void readServers() throws IOException, TopologyException {
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (!ServerName.isName(name)) {
                throw fault("'" + name + "' is no server name; use 1 to 64 of A-Z a-z 0-9 . _ -");
            }
            if (draft.hasServer(name)) {
                throw fault("the server '" + name + "' is there twice; rename or remove one");
            }
            ServerAddress address = readAddress(name);
            draft.addServer(name, address, place());
        }
        json.endObject();
    }

    private ServerAddress readAddress(String name) throws IOException, TopologyException {
        String host = null;
        Integer port = null;
        Set<String> keys = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            if (!keys.add(key)) {
                throw fault("the key '" + key + "' is there twice in server '" + name + "'; keep one");
            }
            switch (key) {
                case "host" -> host = readHost();
                case "port" -> port = readPort();
                default -> throw fault("unknown key '" + key + "' in server '" + name + "'; the keys are host, port");
            }
        }
        if (host == null || port == null) {
            throw fault("server '" + name + "' has no " + (host == null ? "host" : "port") + "; add it");
        }
        json.endObject();
        return new ServerAddress(host, port);
    }

    private String readHost() throws IOException, TopologyException {
        if (json.peek() == JsonToken.NUMBER) {
            throw fault("a host is written in quotes, such as \"127.0.0.1\"");
        }
        String host = json.nextString();
        if (!HOST.matcher(host).matches()) {
            throw fault("'" + host
                    + "' is no host; use a name or an address such as 127.0.0.1 or ::1, without brackets or port");
        }
        return host;
    }

    private int readPort() throws IOException, TopologyException {
        String port = json.nextString();
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > MAX_PORT) {
            throw fault(port + " is no port; use 1 to " + MAX_PORT);
        }
        return Integer.parseInt(port);
    }

    private void readLinks() throws IOException, TopologyException {
        json.beginArray();
        while (json.hasNext()) {
            String place = place();
            json.beginArray();
            List<String> ends = new ArrayList<>();
            while (json.hasNext()) {
                ends.add(json.nextString());
            }
            json.endArray();
            if (ends.size() != 2) {
                throw fault("a link names two servers, this one names " + ends.size());
            }
            draft.addLink(ends.get(0), ends.get(1), place);
        }
        json.endArray();
    }

    private TopologyException fault(String message) {
        return draft.fault(place(), message);
    }

    private String place() {
        Matcher matcher = LINE_AND_COLUMN.matcher(json.toString());
        return matcher.find() ? matcher.group() : "";
    }
}
