package dev.proxyherd.gateway.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.rights.ClientPatterns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Indexes of those clients that somebody may see, beside the one of all. */
class ViewsTest {
    private final Views views = new Views(100);
    private final ClientIndex all = new ClientIndex("run", 100, client -> false, views);

    private static Location location(String text) {
        byte[] line = text.getBytes(StandardCharsets.US_ASCII);
        return Location.parse(line, 0, line.length, 0);
    }

    private static Location at(String client, long seconds) {
        return location("AT Alford +0.000000000 " + client + " +34-118 " + seconds);
    }

    private void report(String client, long seconds) {
        all.takeOver(() -> List.of(at(client, seconds)));
    }

    private void forget(String client, long seconds) {
        all.takeOver(() -> List.of(location("GONE Alford +0.000000000 " + client + ' ' + seconds + ".000000000")));
    }

    private ClientIndex view(String... patterns) throws IndexUnavailableException {
        return views.of(ClientPatterns.of(List.of(patterns)), all);
    }

    private static List<String> clients(ClientIndex index) {
        return index.after(0, null, 0, Integer.MAX_VALUE).locations().stream().map(Location::client).toList();
    }

    @Test
    void beginWithWhatIsThereInTheOrderOfItsLastChange() throws IndexUnavailableException {
        for (String client : List.of("a1", "b1", "a2", "a3")) {
            report(client, 5);
        }
        report("a1", 6);
        assertThat(clients(view("a*"))).containsExactly("a2", "a3", "a1");
        assertThat(view("a*").last()).as("numbers of its own").isEqualTo(3);
    }

    @Test
    void followWhatComesWhatChangesAndWhatGoes() throws IndexUnavailableException {
        ClientIndex view = view("a*");
        report("a1", 5);
        report("b1", 5);
        report("a2", 5);
        report("a1", 6);
        assertThat(clients(view)).containsExactly("a2", "a1");
        long before = view.last();
        forget("b1", 7);
        assertThat(view.last()).isEqualTo(before);
        forget("a2", 7);
        assertThat(clients(view)).containsExactly("a1");
        assertThat(view.news(before, before, null, 10).forgotten()).containsExactly("a2");
        report("a2", 8);
        all.forgetBefore(7_000_000_000L);
        assertThat(clients(view)).containsExactly("a2");
    }

    @Test
    void haveAForgottenClientThatCameBackInOneGo() throws IndexUnavailableException {
        ClientIndex view = view("a*");
        report("a1", 5);
        all.takeOver(() -> List.of(location("GONE Alford +0.000000000 a1 6.000000000"), at("a1", 7)));
        assertThat(clients(view)).containsExactly("a1");
        assertThat(view.newest(5).getFirst().timeNanos()).isEqualTo(7_000_000_000L);
    }

    @Test
    void areOneForAllWhoSeeTheSame() throws IndexUnavailableException {
        assertThat(view("a*", "b")).isSameAs(view("b", "a*")).isNotSameAs(view("a*"));
        assertThat(view("a*").run()).isNotEqualTo(view("b").run());
    }

    @Test
    void keepWithTheIndexOfAllWhateverHappens() throws IndexUnavailableException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> patterns = List.of("a*", "*1", "?2", "c3", "*", "b?", "a3", "");
        for (int i = 1; i < 2_000; i++) {
            String client = "abc".charAt(random.nextInt(3)) + "" + random.nextInt(5);
            if (random.nextInt(10) == 0) {
                forget(client, i);
            } else {
                report(client, i);
            }
            ClientPatterns one = ClientPatterns.of(List.of(patterns.get(random.nextInt(patterns.size()))));
            ClientIndex view = views.of(one, all);
            Set<String> expected =
                    clients(all).stream().filter(one::match).collect(Collectors.toCollection(TreeSet::new));
            assertThat(new TreeSet<>(clients(view))).as("%s, seed %d, step %d", one, seed, i).isEqualTo(expected);
        }
    }

    @Test
    void thatWereUsedLongestAgoGoWhereAllOfThemHoldTooMany() throws IndexUnavailableException {
        List<Location> many = new ArrayList<>();
        for (int i = 0; i < Views.LEAST * 2 / 3; i++) {
            many.add(at("a" + i, 5));
        }
        all.takeOver(() -> many);
        ClientIndex first = view("a*");
        ClientIndex small = view("a1");
        assertThat(views.isStill(ClientPatterns.of(List.of("a*")), first)).isTrue();
        ClientIndex second = view("a**");
        assertThat(views.isStill(ClientPatterns.of(List.of("a1")), small)).as("used before the first was again")
                .isFalse();
        assertThat(views.isStill(ClientPatterns.of(List.of("a*")), first)).as("and there is still no room").isFalse();
        assertThat(first.signal().isOpen()).as("who follows it is told").isFalse();
        assertThat(views.isStill(ClientPatterns.of(List.of("a**")), second)).isTrue();
        report("a0", 6);
        assertThat(all.known("a0").views).as("nobody holds what has gone").hasSize(1);
        assertThat(clients(view("a1"))).containsExactly("a1");
    }

    @Test
    void goWhereTheyGrowBeyondTheBound() throws IndexUnavailableException {
        ClientIndex first = view("a*");
        ClientIndex second = view("*a*");
        List<Location> many = new ArrayList<>();
        for (int i = 0; i < Views.LEAST; i++) {
            many.add(at("a" + i, 5));
        }
        all.takeOver(() -> many);
        assertThat(first.signal().isOpen()).isFalse();
        assertThat(clients(second)).hasSize(Views.LEAST);
    }

    @Test
    void endWithTheServer() throws IndexUnavailableException {
        ClientIndex view = view("a*");
        views.close(all);
        assertThat(view.signal().isOpen()).isFalse();
    }
}
