package dev.proxyherd.server;

import dev.proxyherd.fences.hooks.HookKey;
import dev.proxyherd.fences.hooks.HookSettings;
import dev.proxyherd.fences.hooks.Outbox;
import dev.proxyherd.fences.hooks.Webhooks;
import dev.proxyherd.gateway.api.CrossingJson;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.server.files.FileFailure;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens a server's webhooks, which is to say the outbox in its state folder. */
final class WebhookOpener {
    private WebhookOpener() {
    }

    /**
     * Null where the server has no fences.
     *
     * @throws IOException if the outbox cannot be opened; the message says what to do
     */
    static @Nullable Webhooks open(ServerConfig config, TrafficLog log) throws IOException {
        FenceSettings fences = config.context().fences();
        if (fences == null) {
            tellOfOutbox(config.outbox(), log);
            return null;
        }
        HookKey key = fences.webhookKey() != null ? fences.webhookKey()
                : new HookKey(config.settings().secret().derive(HookKey.LABEL));
        try {
            return Webhooks.open(
                    new HookSettings(config.outbox(), fences.outboxBytes(), sync(config.settings().state().fsync()),
                            key,
                            HookSettings.ANSWER_LIMIT, HookSettings.FIRST_WAIT, config.context().clock(),
                            config.context().random(), log.faults(), log::warn),
                    fences.current(), CrossingJson::of);
        } catch (IOException e) {
            throw new IOException("the outbox of webhooks cannot be opened: " + FileFailure.words(e)
                    + FileFailure.advice(e) + "; mend that, or name another --state-dir", e);
        }
    }

    /** What an earlier run has left. */
    private static void tellOfOutbox(Path folder, TrafficLog log) {
        try {
            int left = Outbox.left(folder);
            if (left > 0) {
                log.warn("outbox: messages to webhooks wait in " + folder + ", " + left
                        + " of them, and are not sent without --fences; give that, or delete the folder");
            }
        } catch (IOException e) {
            log.warn("outbox: it cannot be told whether messages to webhooks wait: " + FileFailure.words(e));
        }
    }

    /** @param journal null where none is kept, which is no reason to lose messages */
    private static Outbox.Sync sync(@Nullable FsyncPolicy journal) {
        return switch (journal) {
            case ALWAYS -> Outbox.Sync.AT_ONCE;
            case NO -> Outbox.Sync.NEVER;
            case EVERYSEC -> Outbox.Sync.SOON;
            case null -> Outbox.Sync.SOON;
        };
    }
}
