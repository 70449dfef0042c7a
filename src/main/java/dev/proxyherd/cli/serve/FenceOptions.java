package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.ByteSize;
import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.fences.hooks.HookKey;
import dev.proxyherd.server.process.GivenFences;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which fences servers follow clients in, and how they tell webhooks. */
final class FenceOptions {
    private static final long LEAST_OUTBOX = 1024 * 1024;
    private static final long LARGEST_OUTBOX = 4L * 1024 * 1024 * 1024;

    @Option(names = "--fences", paramLabel = "FILE",
            description = "Follow which of these fences clients are in, and tell of those that go in and out: GeoJSON, see "
                    + "src/doc/fences.md; read again when it changes.")
    @Nullable
    Path file;

    @Option(names = "--outbox-size", paramLabel = "SIZE", defaultValue = "64M",
            description = "Disk that the messages may take which a server has yet to send to webhooks, 1M to 4G; then the oldest "
                    + "are given up (default: ${DEFAULT-VALUE}).")
    ByteSize outboxSize;

    @Option(names = "--webhook-secret", paramLabel = "SECRET",
            description = "What messages to webhooks are signed with, whsec_ and Base64; better given as the variable "
                    + "HERD_WEBHOOK_SECRET; herd fences secret shows the other (default: from the herd's secret).")
    @Nullable
    String webhookSecret;

    /** Null for none. */
    @Nullable
    GivenFences given() throws CliException {
        CliException.unless(outboxSize.bytes() >= LEAST_OUTBOX && outboxSize.bytes() <= LARGEST_OUTBOX,
                "--outbox-size must be 1M to 4G");
        HookKey key = key(webhookSecret);
        return file == null ? null : new GivenFences(file, outboxSize.bytes(), key);
    }

    private static @Nullable HookKey key(@Nullable String text) throws CliException {
        try {
            return text == null ? null : HookKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CliException("--webhook-secret " + e.getMessage());
        }
    }
}
