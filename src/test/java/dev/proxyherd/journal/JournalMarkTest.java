package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.SipHash;
import dev.proxyherd.server.Await;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A place in a journal, and what came after it. */
class JournalMarkTest {
    @TempDir
    private Path dir;

    /** A store with a journal that runs. */
    private final class Kept implements AutoCloseable {
        private final Path path = dir.resolve("server-Alford.journal");
        private final Journal journal;
        private final LocationStore store;

        Kept() throws IOException {
            Expiry never = new Expiry(Duration.ZERO, InstantSource.system());
            journal = Journal.open(
                    new JournalSettings(path, "Alford", FsyncPolicy.EVERYSEC, never, Rejoin.ASK, note -> {}));
            store = new LocationStore(SipHash.unkeyed(), journal);
            journal.start(Room.unlimited(store), () -> {});
            journal.awaitReplayed(Await.LIMIT);
        }

        void take(String client) {
            byte[] line = ("AT Alford +0.500000000 " + client + " +34-118 1").getBytes(StandardCharsets.ISO_8859_1);
            store.take(Objects.requireNonNull(Location.parse(line, 0, line.length, 0)));
        }

        @Override
        public void close() {
            journal.close();
        }
    }

    private static List<String> since(Path path, JournalMark mark) throws Exception {
        JournalSince since = JournalSince.open(path, mark);
        if (since == null) {
            return null;
        }
        List<String> clients = new ArrayList<>();
        try (since) {
            since.read(location -> clients.add(location.client()));
        }
        return clients;
    }

    @Test
    void tellsWhatCameAfterIt() throws Exception {
        Path path;
        JournalMark mark;
        JournalMark end;
        try (Kept store = new Kept()) {
            path = store.path;
            store.take("kiwi");
            store.take("plum");
            mark = store.journal.mark();
            store.take("lime");
            end = store.journal.mark();
        }
        assertThat(since(path, mark)).containsExactly("lime");
        assertThat(since(path, end)).isEmpty();
        try (Kept store = new Kept()) {
            store.take("lemon");
            store.journal.mark();
        }
        assertThat(since(path, mark)).as("another life of the same journal").containsExactly("lime", "lemon");
    }

    @Test
    void isNoneOfAnotherJournalOrOfOneThatWasCut() throws Exception {
        Path path;
        JournalMark mark;
        try (Kept store = new Kept()) {
            path = store.path;
            store.take("kiwi");
            mark = store.journal.mark();
        }
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(whole, whole.length - 1));
        assertThat(since(path, mark)).isNull();
        whole[whole.length / 2]++;
        Files.write(path, whole);
        assertThat(since(path, mark)).isNull();
        Files.delete(path);
        assertThat(since(path, mark)).isNull();
    }
}
