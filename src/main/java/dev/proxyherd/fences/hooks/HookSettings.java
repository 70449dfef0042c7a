package dev.proxyherd.fences.hooks;

import dev.proxyherd.log.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What webhooks are to know of their server.
 *
 * @param folder the outbox
 * @param outboxBytes how much disk it may take
 * @param sync when messages are synced to the disk
 * @param key signs the messages
 * @param answerLimit how long a receiver may take to answer
 * @param firstWait how long to wait after a message's first try
 * @param random for any thread
 * @param faults is told what a thread survives
 * @param warnings takes what a person should know
 */
public record HookSettings(Path folder, long outboxBytes, Outbox.Sync sync, HookKey key, Duration answerLimit,
        Duration firstWait, InstantSource clock, RandomGenerator random, Faults faults, Consumer<String> warnings) {
    /** A receiver that works answers much sooner. */
    public static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
    public static final Duration FIRST_WAIT = Duration.ofSeconds(1);
}
