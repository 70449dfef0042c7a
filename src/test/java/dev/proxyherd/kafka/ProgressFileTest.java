package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.JournalMark;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.SipHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a server is with a topic, across restarts and crashes in any moment. */
class ProgressFileTest {
    private static final Progress PROGRESS =
            new Progress("topic-id-1", Map.of(0, 17L, 3, 1L << 40), new JournalMark(4096, -7));

    @TempDir
    private Path dir;

    private Path file;
    private Outbox outbox;

    @BeforeEach
    void begin() {
        file = dir.resolve("server-Alford.kafka");
        outbox = outbox();
    }

    private static Outbox outbox() {
        Outbox outbox = new Outbox(SipHash.unkeyed()::of, System::nanoTime);
        outbox.live(true);
        return outbox;
    }

    private ProgressFile open() {
        return new ProgressFile(file, new Random());
    }

    private static Location at(String client) {
        byte[] line = ("AT Alford +0.500000000 " + client + " +34-118 1").getBytes(StandardCharsets.ISO_8859_1);
        return Location.parse(line, 0, line.length, 0);
    }

    /** Which of these clients an outbox has something of in the topic. */
    private static List<String> published(Outbox outbox, String... clients) {
        List<String> published = new ArrayList<>();
        for (String client : clients) {
            outbox.delete(at(client));
        }
        List<Outbox.Entry> deleted = new ArrayList<>();
        outbox.take(deleted, clients.length);
        deleted.forEach(entry -> published.add(entry.client()));
        return published;
    }

    @Test
    void isWhatWasWrittenLast() throws Exception {
        ProgressFile kept = open();
        outbox.seen(at("kiwi"), true);
        kept.write(new Progress("topic-id-1", Map.of(0, 1L), new JournalMark(1, 1)), outbox);
        outbox.seen(at("plum"), true);
        kept.write(PROGRESS, outbox);

        Outbox next = outbox();
        ProgressFile again = open();
        assertThat(again.read(next)).isEqualTo(PROGRESS);
        next.seen(at("lime"), true);
        again.write(PROGRESS, next);
        Outbox last = outbox();
        assertThat(open().read(last)).isEqualTo(PROGRESS);
        assertThat(published(last, "kiwi", "lemon", "lime", "plum")).containsExactly("kiwi", "lime", "plum");
    }

    @Test
    void isNothingWhereThereIsNoFile() {
        assertThat(open().read(outbox)).isNull();
    }

    @Test
    void isNothingWhereAPartOfAFileIsMissing() throws Exception {
        ProgressFile kept = open();
        outbox.seen(at("kiwi"), true);
        kept.write(PROGRESS, outbox);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(open().read(outbox())).as(length + " bytes").isNull();
        }
        Files.write(file, whole);
        Path keys = dir.resolve("server-Alford.kafka-keys");
        byte[] allKeys = Files.readAllBytes(keys);
        for (int length = 0; length < allKeys.length; length++) {
            Files.write(keys, Arrays.copyOf(allKeys, length));
            assertThat(open().read(outbox())).as(length + " bytes of keys").isNull();
        }
    }

    @Test
    void survivesACrashBetweenItsTwoFiles() throws Exception {
        ProgressFile kept = open();
        outbox.seen(at("kiwi"), true);
        kept.write(PROGRESS, outbox);
        byte[] before = Files.readAllBytes(file);
        outbox.seen(at("plum"), true);
        kept.write(new Progress("topic-id-1", Map.of(0, 18L), new JournalMark(5000, 9)), outbox);
        Files.write(file, before);

        Outbox next = outbox();
        ProgressFile again = open();
        assertThat(again.read(next)).isEqualTo(PROGRESS);
        assertThat(published(next, "kiwi", "plum")).as("plum is read again").containsExactly("kiwi");
    }
}
