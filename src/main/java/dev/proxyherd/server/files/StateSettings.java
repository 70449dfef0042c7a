package dev.proxyherd.server.files;

import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.journal.Rejoin;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server keeps, and where.
 *
 * @param dir the folder of its files; made if it is missing
 * @param logBytes a bound on the disk that its traffic log takes, all rotated files together
 * @param fsync when the journal must be on the disk; null when no journal is kept
 * @param expireAfter the age at which locations are dropped, the same for the whole herd; zero means never
 * @param forgetKeep the age at which it is dropped that a client was forgotten, likewise
 * @param rejoin what is said of a journal that is older than that
 */
public record StateSettings(Path dir, long logBytes, @Nullable FsyncPolicy fsync, Duration expireAfter,
        Duration forgetKeep, Rejoin rejoin) {
}
