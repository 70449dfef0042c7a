package dev.proxyherd.gateway.api;

import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.gateway.request.JsonText;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.PathIds;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.ForgetOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code DELETE /api/clients/ID}: the herd forgets a client. */
public final class ForgetApi {
    private final ClientForgetter forgetter;
    private final TrafficLog log;

    /** @param log of who has had whom forgotten */
    public ForgetApi(ClientForgetter forgetter, TrafficLog log) {
        this.forgetter = forgetter;
        this.log = log;
    }

    /**
     * For whoever may do everything. Answers 200 when all servers have forgotten the client, 202 when one could not be asked or has not heard of it yet,
     * and 404 where all were asked and none has ever known it.
     */
    public Reply forget(Request request) {
        if (!request.rights().admin()) {
            throw new Problem(403, "only a token with admin lets clients be forgotten");
        }
        String client = PathIds.fromPath(request.part());
        if (!Location.isClient(client)) {
            throw Problem.bad("'" + Parameters.shortened(client) + "' is no client's ID");
        }
        ForgetOutcome outcome = outcome(client);
        String gone = outcome.gone().get(client);
        if (gone == null) {
            throw new Problem(404, "no server knows a client '" + Parameters.shortened(client) + "'");
        }
        log.note(request.summary() + by(request) + ": " + gone);
        String document = JsonText.document(json -> {
            json.beginObject().name("client").value(ClientIds.shown(client)).name("complete")
                    .value(outcome.isComplete());
            json.name("unasked").beginObject();
            for (Map.Entry<String, String> server : outcome.unasked().entrySet()) {
                json.name(server.getKey()).value(server.getValue());
            }
            json.endObject().name("behind").beginArray();
            for (String server : outcome.behind()) {
                json.value(server);
            }
            json.endArray().endObject();
        });
        return new Reply(outcome.isComplete() ? 200 : 202, Reply.JSON, document.getBytes(StandardCharsets.UTF_8),
                Map.of());
    }

    private static String by(Request request) {
        return request.rights().name().isEmpty() ? "" : " by " + request.rights().name();
    }

    private ForgetOutcome outcome(String client) {
        try {
            return forgetter.forget(client);
        } catch (IOException e) {
            throw new Problem(503, e.getMessage() + "; nothing was forgotten, try again later");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(503,
                    "this server stops, or the request took too long; ask again whether it was forgotten");
        }
    }
}
