package dev.proxyherd.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.CommandParser;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final int MAX_CLIENTS = 2;
    private static final long SECOND = 1_000_000_000L;
    private static final long CLOCK = 1_000 * SECOND;

    private final LocationStore store = new LocationStore();
    private final List<String> taken = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Room room = new Room(store, MAX_CLIENTS, warnings::add);
    private final Reports reports =
            new Reports(ServerName.of("Alford"), new Taking(), () -> Duration.ofSeconds(60), warnings::add);

    private static Command.IAmAt report(String text) {
        byte[] line = ("IAMAT " + text).getBytes(StandardCharsets.US_ASCII);
        return (Command.IAmAt) CommandParser.parse(line, 0, line.length);
    }

    private @Nullable Location hear(String text) {
        return reports.hear(report(text), CLOCK);
    }

    @Test
    void areWrittenDownByTheServersNameAndClockAndTakenInAsAClients() {
        Location written = reports.hear(report("kiwi +34.0-118 999.5"), CLOCK + 7);
        assertThat(written).hasToString("AT Alford +0.500000007 kiwi +34.0-118 999.5");
        assertThat(taken).containsExactly(written + " from null");
    }

    @Nested
    class TooFarAhead {
        private void hearOfOne(int times) {
            for (int i = 0; i < times; i++) {
                assertThat(hear("kiwi +1+1 1060.000000001")).isNull();
            }
        }

        @Test
        void areRefusedFromTheFirstNanosecondOn() {
            assertThat(reports.isTooFarAhead(report("kiwi +1+1 1060.000000001"), CLOCK)).isTrue();
            hearOfOne(1);
            assertThat(taken).isEmpty();
            assertThat(reports.isTooFarAhead(report("kiwi +1+1 1060"), CLOCK)).isFalse();
            assertThat(hear("kiwi +1+1 1060")).isNotNull();
        }

        @Test
        void areAWarningOfThisServersClockFromTenInARowOn() {
            hearOfOne(9);
            assertThat(warnings).isEmpty();
            hearOfOne(1);
            assertThat(warnings).singleElement().asString().contains("10 reports in a row", "1970-01-01T00:16:40Z");
            hearOfOne(20);
            assertThat(warnings).as("once").hasSize(1);
        }

        @Test
        void areCountedAnewAfterOneThatIsNot() {
            hearOfOne(9);
            hear("kiwi +1+1 999");
            hearOfOne(9);
            assertThat(warnings).isEmpty();
            hearOfOne(1);
            assertThat(warnings).hasSize(1);
        }
    }

    @Nested
    class OfMoreClientsThanMayBeKnown {
        private static final String HEAVY = "+1+" + "0".repeat(300) + "1";

        @BeforeEach
        void fill() {
            hear("kiwi +1+1 900");
            hear("emu +1+1 900");
            taken.clear();
        }

        @Test
        void areRefused() {
            assertThat(hear("moa +1+1 900")).isNull();
            assertThat(taken).isEmpty();
            assertThat(store.find("moa")).isNull();
        }

        @Test
        void areAWarningOnce() {
            assertThat(warnings).isEmpty();
            hear("moa +1+1 900");
            hear("moa +1+1 901");
            assertThat(warnings).singleElement().asString().contains("--max-clients", String.valueOf(MAX_CLIENTS));
        }

        @Test
        void areTakenOnceMoreMayBe() {
            hear("moa +1+1 900");
            room.limit(MAX_CLIENTS + 1);
            assertThat(hear("moa +1+1 900")).isNotNull();
            assertThat(hear("rhea +1+1 900")).isNull();
        }

        @Test
        void doNotKeepThoseThatAreKnownFromGoingOn() {
            assertThat(hear("kiwi +1+1 901")).isNotNull();
            assertThat(warnings).isEmpty();
        }

        @Test
        void keepThoseThatAreKnownFromTakingMoreRoom() {
            assertThat(hear("kiwi " + HEAVY + " 901")).isNull();
            assertThat(warnings).hasSize(1);
        }
    }

    private final class Taking implements Intake {
        @Override
        public boolean take(Location location, @Nullable String fromNeighbour) {
            if (!room.admits(location, Room.Door.REPORT)) {
                return false;
            }
            taken.add(location + " from " + fromNeighbour);
            store.merge(location);
            return true;
        }

        @Override
        public void settle() {
        }
    }
}
