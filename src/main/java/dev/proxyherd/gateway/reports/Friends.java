package dev.proxyherd.gateway.reports;

import com.google.gson.stream.JsonWriter;
import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.gateway.index.ClientIndex;
import dev.proxyherd.gateway.index.Feed;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.rights.LiveTokens;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.rights.Token;
import dev.proxyherd.rights.Tokens;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom OwnTracks' apps show beside their own device: the newest of those that the token may see, as the payloads {@code location}
 * and, where the file of tokens has a title for the user, {@code card} (<a href="https://owntracks.org/booklet/tech/json/">
 * booklet, JSON</a>). In HTTP mode both apps tell friends apart by {@code tid} alone, whatever {@code topic} says, so
 * here it is the whole ID. Any thread.
 */
public final class Friends {
    /** How many at most. */
    static final int MOST = 100;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Feed feed;
    private final LiveTokens tokens;

    /** @param tokens whose titles are people's names */
    public Friends(Feed feed, LiveTokens tokens) {
        this.feed = feed;
        this.tokens = tokens;
    }

    /**
     * Writes them as elements of an array; none while it is not known yet who is where.
     *
     * @param own the clients that report, who are nobody's friends here
     */
    void write(JsonWriter json, Rights rights, Set<String> own) throws IOException {
        ClientIndex index = feed.indexIfReady(rights);
        if (index == null) {
            return;
        }
        Tokens named = tokens.current();
        List<Location> newest = index.newest(MOST + own.size()).stream()
                .filter(location -> !own.contains(location.client())).limit(MOST).toList();
        for (Location location : newest) {
            String id = ClientIds.shown(location.client());
            String topic = "owntracks/" + id;
            json.beginObject().name("_type").value("location").name("tid").value(id).name("topic").value(topic)
                    .name("lat").value(location.position().latitude()).name("lon")
                    .value(location.position().longitude()).name("tst").value(location.timeNanos() / NANOS_PER_SECOND)
                    .endObject();
            String title = title(named, location.client());
            if (title != null) {
                json.beginObject().name("_type").value("card").name("tid").value(id).name("topic").value(topic)
                        .name("name").value(title).endObject();
            }
        }
    }

    /** The title of the token that is called as the client, or as the user before its slash. */
    private static @Nullable String title(Tokens tokens, String client) {
        int slash = client.indexOf('/');
        Token token = tokens.named(slash < 0 ? client : client.substring(0, slash));
        return token == null ? null : token.title();
    }
}
