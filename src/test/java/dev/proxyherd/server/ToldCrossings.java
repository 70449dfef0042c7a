package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingKind;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** What several servers have told of who crosses a fence. */
final class ToldCrossings {
    /** All that is north of 80°: a ninth of where the load's clients are. */
    static final Fences FENCES =
            SomeFences.compiled(List.of(SomeFences.of("north", 0, SomeFences.box(-180, 80, 180, 90))));

    private static final long SECOND = 1_000_000_000;

    private final List<Told> all = new CopyOnWriteArrayList<>();

    private record Told(String server, Crossing crossing) {
    }

    void add(String server, List<Crossing> crossings) {
        crossings.forEach(crossing -> all.add(new Told(server, crossing)));
    }

    /** Each was told by the server that heard the report, none twice, and those of one client in order. */
    void areRight(String when) {
        assertThat(all).as(when).isNotEmpty();
        Set<String> seen = new HashSet<>();
        Map<String, Location> last = new HashMap<>();
        for (Told told : List.copyOf(all)) {
            Location report = told.crossing.report();
            assertThat(report.fields().server()).as(when).isEqualTo(told.server);
            assertThat(seen.add(told.server + told.crossing.id())).as("twice: %s %s", told, when).isTrue();
            Location before = last.put(told.server + ' ' + report.client(), report);
            assertThat(before == null || Location.wins(report, before)).as("%s after %s %s", report, before, when)
                    .isTrue();
        }
    }

    /** Lets a client go in by one server and out by another, once all know the same: all of them know where it was. */
    void crossNow(TestHerd herd, String client, Random random, String when) throws IOException {
        List<String> names = new ArrayList<>(herd.names());
        String in = names.get(random.nextInt(names.size()));
        String out = names.get(random.nextInt(names.size()));
        Location known = herd.server(in).store().find(client);
        boolean isInside = !known.isGone() && known.position().latitude() >= 80;
        long time = known.timeNanos() / SECOND + 1;
        all.clear();
        report(herd, in, client, "+85-1", time);
        report(herd, out, client, "+40-1", time + 1);
        List<String> expected = Stream.of(isInside ? "" : text(in, CrossingKind.ENTER, time),
                text(out, CrossingKind.EXIT, time + 1)).filter(text -> !text.isEmpty()).sorted().toList();
        Await.until("told are " + expected + " and not " + texts(client) + ' ' + when,
                () -> texts(client).equals(expected));
    }

    private static String text(String server, CrossingKind kind, long time) {
        return server + ' ' + kind.text() + ' ' + time;
    }

    private List<String> texts(String client) {
        return all.stream().filter(told -> told.crossing.client().equals(client))
                .map(told -> text(told.server, told.crossing.kind(), told.crossing.report().timeNanos() / SECOND))
                .sorted().toList();
    }

    private static void report(TestHerd herd, String server, String client, String position, long time)
            throws IOException {
        try (RawClient one = herd.connect(server)) {
            one.send("IAMAT " + client + ' ' + position + ' ' + time + '\n');
            assertThat(one.readLine()).startsWith("AT ");
        }
        Await.until("all know where " + client + " is", () -> herd.names().stream().allMatch(
                name -> herd.server(name).store().find(client).timeNanos() == time * SECOND));
    }
}
