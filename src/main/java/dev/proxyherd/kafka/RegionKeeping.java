package dev.proxyherd.kafka;

import dev.proxyherd.journal.Journal;
import java.nio.file.Path;

/**
 * Where a server keeps how far it is with the topic.
 *
 * @param journal what it has taken in is in there
 * @param journalFile its file
 * @param file what tells how far it is
 */
public record RegionKeeping(Journal journal, Path journalFile, ProgressFile file) {
}
