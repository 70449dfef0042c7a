package dev.proxyherd.fences.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.SmallDisk;
import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes into the outbox comes out of it, whatever ended in between, but for what there was no room for. */
class OutboxTest {
    private static final long MUCH = 16 * 1024 * 1024;

    @TempDir
    private Path dir;

    private final List<String> warnings = new ArrayList<>();

    private Outbox open(long limit) throws IOException {
        return Outbox.open(dir.resolve("outbox"), limit, Outbox.Sync.SOON, warnings::add);
    }

    private static HookMessage message(int number) {
        return new HookMessage("id-" + number, "fence " + number % 3 + " é", "van-" + number % 2, number, number,
                "{\"n\":" + number + ",\"x\":\"  ü\"}");
    }

    private static List<OutboxEntry> add(Outbox outbox, int from, int to) {
        return outbox.add(IntStream.range(from, to).mapToObj(OutboxTest::message).toList());
    }

    private static List<HookMessage> read(Outbox outbox) throws IOException {
        List<HookMessage> messages = new ArrayList<>();
        for (OutboxEntry entry : outbox.waiting()) {
            messages.add(outbox.read(entry));
        }
        return messages;
    }

    private static List<HookMessage> messages(int... numbers) {
        return IntStream.of(numbers).mapToObj(OutboxTest::message).toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(dir.resolve("outbox"))) {
            return all.sorted().toList();
        }
    }

    @Nested
    class AfterARestart {
        @Test
        void holdsWhatWasNotSentInItsOrder() throws IOException {
            try (Outbox outbox = open(MUCH)) {
                List<OutboxEntry> entries = add(outbox, 0, 5);
                outbox.sent(entries.get(1));
                outbox.abandon(entries.get(3));
                assertThat(outbox.state().givenUp()).isEqualTo(1);
            }
            try (Outbox outbox = open(MUCH)) {
                assertThat(read(outbox)).isEqualTo(messages(0, 2, 4));
                assertThat(outbox.state().waiting()).isEqualTo(3);
            }
        }

        /** The first outbox is never closed: the server was killed. */
        @Test
        void holdsWhatWasAddedBeforeTheServerWasKilled() throws IOException {
            Outbox killed = open(MUCH);
            add(killed, 0, 3);
            try (Outbox outbox = open(MUCH)) {
                assertThat(read(outbox)).isEqualTo(messages(0, 1, 2));
            }
        }

        @Test
        void passesOverWhatACrashHasLeftOfALineAndGoesOn() throws IOException {
            try (Outbox outbox = open(MUCH)) {
                add(outbox, 0, 2);
            }
            Path file = files().getFirst();
            byte[] whole = Files.readAllBytes(file);
            for (int cut = 1; cut <= whole.length; cut++) {
                for (Path other : files()) {
                    Files.delete(other);
                }
                Files.write(file, Arrays.copyOf(whole, whole.length - cut));
                try (Outbox outbox = open(MUCH)) {
                    assertThat(read(outbox)).as("cut by %d", cut)
                            .isIn(messages(0), List.of());
                }
            }
            try (Outbox outbox = open(MUCH)) {
                add(outbox, 7, 8);
            }
            try (Outbox outbox = open(MUCH)) {
                assertThat(read(outbox)).isEqualTo(messages(7));
            }
            assertThat(warnings).isEmpty();
        }

        @Test
        void passesOverDamagedLinesAndSaysSo() throws IOException {
            try (Outbox outbox = open(MUCH)) {
                add(outbox, 0, 3);
            }
            Path file = files().getFirst();
            Files.writeString(file, Files.readString(file).replace("\"n\":1", "\"n\":9"));
            Files.writeString(file, "something else\n", StandardOpenOption.APPEND);
            try (Outbox outbox = open(MUCH)) {
                assertThat(read(outbox)).isEqualTo(messages(0, 2));
            }
            assertThat(warnings).containsExactly(
                    "outbox: 2 lines in " + dir.resolve("outbox") + " were damaged, and are passed over");
        }
    }

    @Nested
    class ItsRoom {
        private static final long LITTLE = 64 * 1024;

        @Test
        void isNotExceededByMoreThanAFileAndTheOldestAreGivenUp() throws IOException {
            try (Outbox outbox = open(LITTLE)) {
                int all = 5_000;
                for (int i = 0; i < all; i++) {
                    add(outbox, i, i + 1);
                    assertThat(outbox.state().bytes()).isLessThan(LITTLE + LITTLE / 8);
                }
                int kept = outbox.state().waiting();
                assertThat(kept).isBetween(300, all / 2);
                assertThat(outbox.state().givenUp()).isEqualTo(all - kept);
                assertThat(read(outbox)).isEqualTo(messages(IntStream.range(all - kept, all).toArray()));
                assertThat(warnings).hasSize(1).first().asString().contains("--outbox-size");
            }
        }

        @Test
        void isGivenBackWhenMessagesWereSent() throws IOException {
            try (Outbox outbox = open(LITTLE)) {
                for (int i = 0; i < 5_000; i++) {
                    outbox.sent(add(outbox, i, i + 1).getFirst());
                    if (i % 50 == 0) {
                        outbox.upkeep();
                    }
                }
                outbox.upkeep();
                assertThat(outbox.state().givenUp()).isZero();
                assertThat(files()).hasSizeLessThan(4);
            }
            assertThat(warnings).isEmpty();
        }

        @Test
        void isNotHeldByOneMessageThatWaitsWhileManyOthersAreSent() throws IOException {
            try (Outbox outbox = open(LITTLE)) {
                add(outbox, 0, 1);
                for (int i = 1; i < 5_000; i++) {
                    outbox.sent(add(outbox, i, i + 1).getFirst());
                    if (i % 50 == 0) {
                        outbox.upkeep();
                    }
                }
                assertThat(read(outbox)).isEqualTo(messages(0));
                assertThat(outbox.state().givenUp()).isZero();
            }
            try (Outbox outbox = open(LITTLE)) {
                assertThat(read(outbox)).isEqualTo(messages(0));
            }
        }
    }

    @Nested
    class AForgottenClient {
        private String onDisk() throws IOException {
            StringBuilder all = new StringBuilder();
            for (Path file : files()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }

        @Test
        void isSoonInNoFileThoughOthersWait() throws IOException {
            try (Outbox outbox = open(MUCH)) {
                List<OutboxEntry> entries = add(outbox, 0, 10);
                outbox.sent(entries.get(3));
                outbox.upkeep();
                assertThat(onDisk()).contains(" van-1 ");
                outbox.forget(Map.of("van-1", 100L));
                assertThat(read(outbox)).isEqualTo(messages(0, 2, 4, 6, 8));
                outbox.upkeep();
                outbox.upkeep();
                assertThat(onDisk()).contains(" van-0 ").doesNotContain(" van-1 ");
                assertThat(outbox.state().givenUp()).isZero();
            }
            try (Outbox outbox = open(MUCH)) {
                assertThat(read(outbox)).isEqualTo(messages(0, 2, 4, 6, 8));
            }
        }

        @Test
        void isSentWhatItHasDoneSince() throws IOException {
            try (Outbox outbox = open(MUCH)) {
                add(outbox, 0, 10);
                outbox.forget(Map.of("van-1", 5L));
                assertThat(read(outbox)).isEqualTo(messages(0, 2, 4, 6, 7, 8, 9));
            }
        }

        @Test
        void isInNoFileSoonAfterARestartThoughTheServerWasKilledBefore() throws IOException {
            Outbox killed = open(MUCH);
            List<OutboxEntry> entries = add(killed, 0, 4);
            killed.sent(entries.get(1));
            killed.sent(entries.get(3));
            killed.upkeep();
            try (Outbox outbox = open(MUCH)) {
                outbox.upkeep();
                outbox.upkeep();
                assertThat(onDisk()).contains(" van-0 ").doesNotContain(" van-1 ");
                assertThat(read(outbox)).isEqualTo(messages(0, 2));
            }
        }

        @Test
        void isGoneFromAFullOutboxOfWhichNothingElseIsLost() throws IOException {
            try (Outbox outbox = open(1024 * 1024)) {
                int all = 11_000;
                for (int i = 0; i < all; i += 100) {
                    add(outbox, i, i + 100);
                }
                assertThat(outbox.state().givenUp()).isZero();
                outbox.forget(Map.of("van-1", (long) all));
                int most = files().size() + 1;
                for (int i = 0; i < most; i++) {
                    outbox.upkeep();
                }
                assertThat(onDisk()).doesNotContain(" van-1 ");
                assertThat(read(outbox))
                        .isEqualTo(messages(IntStream.range(0, all).filter(i -> i % 2 == 0).toArray()));
                assertThat(outbox.state().givenUp()).isZero();
            }
        }
    }

    /** Against a model that only knows what was added, sent and given up. */
    @Test
    void holdsInAnyHistoryWhatItsModelDoes() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Path folder = dir.resolve("outbox" + seed);
            TreeMap<String, HookMessage> model = new TreeMap<>();
            int next = 10_000;
            Outbox outbox = Outbox.open(folder, 256 * 1024, Outbox.Sync.NEVER, warnings::add);
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> {
                        int count = random.nextInt(4);
                        add(outbox, next, next + count);
                        for (int i = 0; i < count; i++) {
                            model.put("id-" + (next + i), message(next + i));
                        }
                        next += count;
                    }
                    case 3 -> {
                        for (OutboxEntry entry : outbox.waiting()) {
                            if (random.nextInt(3) > 0) {
                                model.remove(outbox.read(entry).id());
                                outbox.sent(entry);
                            }
                        }
                    }
                    case 4 -> outbox.upkeep();
                    default -> {
                        outbox.close();
                        outbox = Outbox.open(folder, 256 * 1024, Outbox.Sync.NEVER, warnings::add);
                    }
                }
                if (step % 20 == 0) {
                    assertThat(read(outbox)).as("seed %d, step %d", seed, step)
                            .isEqualTo(List.copyOf(model.values()));
                }
            }
            assertThat(outbox.state().givenUp()).as("seed %d", seed).isZero();
            outbox.close();
        }
    }

    @Test
    void keepsMessagesInMemoryWhileTheDiskIsFullAndWritesThemThen() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(dir.resolve("small"), 64)) {
            Path filler = Files.write(disk.folder().resolve("filler"), new byte[48 * 1024]);
            try (Outbox outbox =
                    Outbox.open(disk.folder().resolve("outbox"), MUCH, Outbox.Sync.AT_ONCE, warnings::add)) {
                add(outbox, 0, 1_000);
                assertThat(outbox.state().failure()).contains("No space left on device");
                assertThat(outbox.state().waiting()).isEqualTo(1_000);
                assertThat(outbox.read(outbox.waiting().getLast())).isEqualTo(message(999));
                Files.delete(filler);
                disk.resize(1024);
                outbox.upkeep();
                assertThat(outbox.state().failure()).isNull();
                assertThat(warnings).hasSize(2);
            }
            try (Outbox outbox =
                    Outbox.open(disk.folder().resolve("outbox"), MUCH, Outbox.Sync.AT_ONCE, warnings::add)) {
                assertThat(read(outbox)).isEqualTo(messages(IntStream.range(0, 1_000).toArray()));
            }
        }
    }

    /** Whoever takes its warnings holds it up here, while it works on its files, as a disk does that hangs. */
    @Test
    void tellsHowItIsWhileItsDiskHangs() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        Outbox outbox = Outbox.open(dir.resolve("outbox"), 1024 * 1024, Outbox.Sync.SOON, warning -> {
            hangs.countDown();
            awaitQuietly(goesOn);
        });
        try (outbox) {
            add(outbox, 0, 3);
            Thread writer = Thread.startVirtualThread(() -> {
                for (int i = 0; hangs.getCount() > 0; i += 100) {
                    add(outbox, i, i + 100);
                }
            });
            hangs.await();
            CompletableFuture<Outbox.State> asked = CompletableFuture.supplyAsync(outbox::state);
            assertThat(asked).succeedsWithin(Await.LIMIT).extracting(Outbox.State::waiting).isNotEqualTo(0);
            goesOn.countDown();
            writer.join();
        } finally {
            goesOn.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void goesOnThoughAnOldFileCannotBeRead() throws IOException {
        try (Outbox outbox = open(MUCH)) {
            add(outbox, 0, 2);
            outbox.upkeep();
            Files.write(files().getFirst(), new byte[0]);
            outbox.forget(Map.of("nobody", 1L));
            outbox.upkeep();
            List<OutboxEntry> after = add(outbox, 2, 3);
            outbox.upkeep();
            assertThat(outbox.state().failure()).isNull();
            assertThat(outbox.read(after.getFirst())).isEqualTo(message(2));
            assertThat(Files.readString(files().getLast())).contains("\"n\":2");
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void isReadableByPeople() throws IOException {
        try (Outbox outbox = open(MUCH)) {
            add(outbox, 1, 2);
        }
        assertThat(Files.readString(files().getFirst(), StandardCharsets.UTF_8))
                .matches("[0-9a-f]{8} SEND 1 1 id-1 fence\\+1\\+%C3%A9 van-1 1 \\{\"n\":1,\"x\":\"  ü\"}\n");
    }
}
