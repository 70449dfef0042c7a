package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What restarts, partitions and several servers of one client do to crossings. */
class FencedHerdTest {
    private static final String IN = "+0.0+0.0";
    private static final String OUT = "+0.0+1.0";
    private static final Fences FENCES =
            SomeFences.compiled(List.of(SomeFences.of("yard", 0, new FenceShape.Disc(0, 0, 1000))));

    @TempDir
    private Path dir;

    private final Map<String, List<String>> told = new ConcurrentHashMap<>();

    private TestHerd herd() {
        return TestHerd.ofFive(dir).fences(() -> FENCES);
    }

    private void start(TestHerd herd, String... names) throws IOException {
        for (String name : names) {
            herd.start(name);
            listen(herd, name);
        }
    }

    private void listen(TestHerd herd, String name) {
        herd.server(name).following().tell(crossings -> crossings.forEach(
                crossing -> told(name).add(text(crossing))));
    }

    private static String text(Crossing crossing) {
        return crossing.kind().text() + ' ' + crossing.client() + ' ' + crossing.report().fields().time();
    }

    private List<String> told(String server) {
        return told.computeIfAbsent(server, name -> new CopyOnWriteArrayList<>());
    }

    private static void report(TestHerd herd, String server, String client, String position, int time)
            throws IOException {
        try (RawClient one = herd.connect(server)) {
            one.send("IAMAT " + client + ' ' + position + ' ' + time + '\n');
            assertThat(one.readLine()).startsWith("AT " + server);
        }
    }

    private static void reaches(TestHerd herd, String server, String client, int time) {
        Await.until(server + " knows of " + client, () -> {
            Location location = herd.server(server).store().find(client);
            return location != null && location.timeNanos() == time * 1_000_000_000L;
        });
    }

    /** Waits until a server has looked at all that it heard. */
    private void settle(TestHerd herd, String server, int mark) throws IOException {
        report(herd, server, "mark" + mark, IN, mark);
        Await.until("all was looked at", () -> told(server).contains("enter mark" + mark + ' ' + mark));
    }

    private List<String> toldOf(String server, String client) {
        return told(server).stream().filter(text -> text.contains(' ' + client + ' ')).toList();
    }

    @Test
    void onlyTheServerThatHeardTheReportTells() throws IOException {
        try (TestHerd herd = herd()) {
            start(herd, "Alford", "Bolden", "Hamilton", "Parker", "Welsh");
            report(herd, "Alford", "van", IN, 1);
            reaches(herd, "Hamilton", "van", 1);
            report(herd, "Hamilton", "van", IN, 2);
            report(herd, "Hamilton", "van", OUT, 3);
            reaches(herd, "Bolden", "van", 3);
            report(herd, "Bolden", "van", IN, 4);
            int mark = 5;
            for (String name : List.of("Alford", "Bolden", "Hamilton", "Parker", "Welsh")) {
                settle(herd, name, mark++);
            }
            assertThat(toldOf("Alford", "van")).containsExactly("enter van 1");
            assertThat(toldOf("Hamilton", "van")).containsExactly("exit van 3");
            assertThat(toldOf("Bolden", "van")).containsExactly("enter van 4");
            assertThat(toldOf("Parker", "van")).isEmpty();
            assertThat(toldOf("Welsh", "van")).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("ReferenceEquality")
    void aRestartTellsNothingOfWhatWasKnown() throws IOException {
        try (TestHerd herd = herd().journal(FsyncPolicy.ALWAYS)) {
            start(herd, "Alford");
            report(herd, "Alford", "van", IN, 1);
            report(herd, "Alford", "bus", OUT, 1);
            settle(herd, "Alford", 2);
            herd.stop("Alford");
            told.clear();
            start(herd, "Alford");
            Await.until("the journal is read", () -> herd.server("Alford").following().fences() == FENCES);
            report(herd, "Alford", "van", IN, 3);
            report(herd, "Alford", "bus", IN, 3);
            report(herd, "Alford", "van", OUT, 4);
            settle(herd, "Alford", 5);
            assertThat(toldOf("Alford", "van")).containsExactly("exit van 4");
            assertThat(toldOf("Alford", "bus")).containsExactly("enter bus 3");
        }
    }

    @Test
    void aServerThatComesBackWithoutItsJournalLearnsWhereClientsAreAndTellsNothing() throws IOException {
        try (TestHerd herd = herd()) {
            start(herd, "Alford", "Parker", "Welsh");
            report(herd, "Alford", "van", IN, 1);
            reaches(herd, "Parker", "van", 1);
            herd.stop("Alford");
            told.clear();
            start(herd, "Alford");
            reaches(herd, "Alford", "van", 1);
            settle(herd, "Alford", 2);
            assertThat(toldOf("Alford", "van")).isEmpty();
            report(herd, "Alford", "van", OUT, 3);
            settle(herd, "Alford", 4);
            assertThat(toldOf("Alford", "van")).containsExactly("exit van 3");
        }
    }

    @Test
    void inAPartitionAClientMayEnterTwiceByTwoServersAndNeverLeave() throws IOException {
        try (TestHerd herd = herd().throughProxies()) {
            start(herd, "Alford", "Welsh");
            herd.proxies().forEach(FaultyProxy::cut);
            report(herd, "Alford", "van", IN, 1);
            report(herd, "Welsh", "van", IN, 2);
            report(herd, "Alford", "bus", IN, 1);
            report(herd, "Welsh", "bus", OUT, 2);
            settle(herd, "Alford", 3);
            settle(herd, "Welsh", 4);
            assertThat(toldOf("Alford", "van")).containsExactly("enter van 1");
            assertThat(toldOf("Welsh", "van")).as("another id, for another time").containsExactly("enter van 2");
            assertThat(toldOf("Welsh", "bus")).as("it never knew it inside").isEmpty();
            herd.proxies().forEach(FaultyProxy::heal);
            reaches(herd, "Alford", "bus", 2);
            reaches(herd, "Alford", "van", 2);
            report(herd, "Alford", "van", OUT, 5);
            report(herd, "Alford", "bus", IN, 5);
            settle(herd, "Alford", 6);
            assertThat(toldOf("Alford", "van")).containsExactly("enter van 1", "exit van 5");
            assertThat(toldOf("Alford", "bus")).as("it has learned that it had gone").containsExactly("enter bus 1",
                    "enter bus 5");
        }
    }
}
