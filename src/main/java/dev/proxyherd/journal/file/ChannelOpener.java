package dev.proxyherd.journal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** Opens the journal's files; a test can put a disk of its own here. */
@FunctionalInterface
public interface ChannelOpener {
    FileChannel open(Path path, Set<? extends OpenOption> options) throws IOException;
}
