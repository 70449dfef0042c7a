package dev.proxyherd.rights;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Writes tokens as {@link TokenFile} reads them: one a line, for people and for tools that compare lines. */
final class TokenText {
    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    private TokenText() {
    }

    static byte[] of(Tokens tokens) {
        String lines = tokens.all().stream().map(TokenText::line).collect(Collectors.joining(",\n  "));
        return ("{\"tokens\": [" + (lines.isEmpty() ? "" : "\n  " + lines + '\n') + "]}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String line(Token token) {
        StringJoiner fields = new StringJoiner(", ", "{", "}");
        fields.add("\"name\": " + JSON.toJson(token.name()));
        fields.add("\"sha256\": " + JSON.toJson(token.hash()));
        add(fields, "report", token.rights().report());
        add(fields, "see", token.rights().see());
        if (token.rights().admin()) {
            fields.add("\"admin\": true");
        }
        if (token.title() != null) {
            fields.add("\"title\": " + JSON.toJson(token.title()));
        }
        return fields.toString();
    }

    private static void add(StringJoiner fields, String key, ClientPatterns patterns) {
        List<String> texts = patterns.texts();
        if (!texts.isEmpty()) {
            fields.add('"' + key + "\": [" + texts.stream().map(text -> JSON.toJson(TokenFile.text(text)))
                    .collect(Collectors.joining(", ")) + ']');
        }
    }
}
