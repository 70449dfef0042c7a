package dev.proxyherd.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.proxyherd.status.ServerAnswer.Failure;
import dev.proxyherd.status.json.HerdJson;
import dev.proxyherd.topology.ServerAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HerdStatusTest {
    private static final ServerAddress ADDRESS = new ServerAddress("::1", 12_000);
    private static final ClockReading RIGHT = new ClockReading(0, 0);
    private static final ClockReading AN_HOUR_AHEAD = new ClockReading(3_600_000_000_000L, 0);

    private static ServerAnswer server(String name, String digest, long cutoffNanos, ClockReading clock,
            LinkStatus... links) {
        return ServerAnswer.of(name, ADDRESS,
                new ServerStatus(name, 0, 0, 1, 0, digest, cutoffNanos, 0, 0,
                        new RoomStatus(1_000, false, 0, 0, 0, 0), List.of(links), null, new TopologyStatus("0", null),
                        null),
                clock);
    }

    private static ServerAnswer knowing(String name, String digest) {
        return server(name, digest, 0, RIGHT);
    }

    private static ServerAnswer none(String name, Failure.Kind kind) {
        return ServerAnswer.none(name, ADDRESS, List.of("Alford"), new Failure("[::1]:12000: why", kind));
    }

    private static LinkStatus link(String to, boolean up, String namesake) {
        return new LinkStatus(to, up, up ? null : "no route", 0, up ? 10 : -1, 1, 2, 3, 0, true, namesake, 1);
    }

    private static HerdStatus herd(ServerAnswer... servers) {
        return new HerdStatus(null, List.of(servers));
    }

    @Test
    void tellsHowFarEachClockIsFromTheOneThatMostAgreeWith() {
        HerdStatus herd = new HerdStatus("Alford", List.of(server("Alford", "a", 0, RIGHT),
                server("Bolden", "a", 0, AN_HOUR_AHEAD), server("Parker", "a", 0, AN_HOUR_AHEAD),
                none("Welsh", Failure.Kind.SILENT)));
        assertThat(herd.clockOffsets()).containsExactlyInAnyOrderEntriesOf(
                Map.of("Alford", -3_600_000_000_000L, "Bolden", 0L, "Parker", 0L));
    }

    @Nested
    class IsConverged {
        @Test
        void whenAllServersAnsweredAndKnowTheSame() {
            HerdStatus herd = herd(knowing("Alford", "a"), knowing("Parker", "a"));
            assertThat(herd.isConverged()).isTrue();
            assertThat(herd.whyNotConverged()).isNull();
            assertThat(herd.isWell()).isTrue();
        }

        @Test
        void notWhenTheyKnowDifferentThings() {
            HerdStatus herd = herd(knowing("Alford", "a"), knowing("Parker", "b"));
            assertThat(herd.isConverged()).isFalse();
            assertThat(herd.whyNotConverged()).isEqualTo("the servers' digests differ");
        }

        @Test
        void notWhenOneIsFullAndLacksSomething() {
            ServerStatus full =
                    new ServerStatus("Parker", 0, 0, 1, 0, "b", 0, 0, 0, new RoomStatus(1, true, 41, 2, 3, 4),
                            List.of(), null, new TopologyStatus("0", null), null);
            HerdStatus herd = herd(knowing("Alford", "a"), ServerAnswer.of("Parker", ADDRESS, full, RIGHT));
            assertThat(herd.whyNotConverged())
                    .startsWith("the servers' digests differ; Parker is full, lacks 41 of its neighbours' clients");
            assertThat(herd.isWell()).isFalse();
        }

        @Test
        void notBeforeAllHaveReadTheirJournals() {
            ServerStatus reading =
                    new ServerStatus("Parker", 0, 0, 1, 0, "a", 0, 0, 0, new RoomStatus(1_000, false, 0, 0, 0, 0),
                            List.of(), new JournalStatus(4096, 17, false, null, 0, 0, null),
                            new TopologyStatus("0", null), null);
            HerdStatus herd = herd(knowing("Alford", "a"), ServerAnswer.of("Parker", ADDRESS, reading, RIGHT));
            assertThat(herd.whyNotConverged()).isEqualTo("not yet read is the journal of Parker");
            assertThat(herd.isWell()).isFalse();
        }

        @Test
        void notWhenOneDidNotAnswerOrRefused() {
            assertThat(herd(knowing("Alford", "a"), none("Parker", Failure.Kind.SILENT)).whyNotConverged())
                    .isEqualTo("1 of 2 servers did not answer");
            assertThat(herd(knowing("Alford", "a"), none("Parker", Failure.Kind.REFUSED)).whyNotConverged())
                    .isEqualTo("1 of 2 servers refused");
            assertThat(herd(none("Alford", Failure.Kind.REFUSED), none("Parker", Failure.Kind.SILENT),
                    none("Welsh", Failure.Kind.SILENT)).whyNotConverged())
                    .isEqualTo("2 of 3 servers did not answer, 1 refused");
            assertThat(herd(none("Alford", Failure.Kind.REFUSED), none("Parker", Failure.Kind.UNTRUSTED))
                    .whyNotConverged())
                    .isEqualTo("1 of 2 servers refused, 1 showed a certificate that is not trusted here");
        }

        @Test
        void notWhenNobodyWasAsked() {
            assertThat(herd().isConverged()).isFalse();
        }

        @Test
        void whenAClockIsWrongUnlessLocationsExpire() {
            HerdStatus kept = herd(server("Alford", "a", 0, RIGHT), server("Parker", "a", 0, AN_HOUR_AHEAD));
            assertThat(kept.isConverged()).isTrue();
            assertThat(kept.isWell()).as("the clock is to be repaired all the same").isFalse();
            HerdStatus dropped = herd(server("Alford", "a", 0, RIGHT), server("Parker", "a", 7, AN_HOUR_AHEAD));
            assertThat(dropped.whyNotConverged())
                    .isEqualTo("while clocks differ it cannot be told whether all know the same");
        }
    }

    @Nested
    class Faults {
        @Test
        void areTwoServersOfOneNameByTheServersThatMeetThem() {
            HerdStatus herd = herd(server("Alford", "a", 0, RIGHT, link("Parker", true, "two servers called Parker")),
                    server("Parker", "a", 0, RIGHT, link("Alford", true, null)));
            assertThat(herd.faults()).containsExactly("Alford: two servers called Parker");
            assertThat(herd.isConverged()).isTrue();
            assertThat(herd.isWell()).isFalse();
        }

        @Test
        void areATopicThatIsNotReadAndAHistoryThatIsNotWritten() {
            KafkaStatus kafka = new KafkaStatus("herd.locations", false, 0, 0, 0, 0, 0, 0, 0, "the topic is not read",
                    new HistoryStatus("herd.reports", 0, 0, 0, "the history is not written"));
            ServerStatus status = new ServerStatus("Alford", 0, 0, 1, 0, "a", 0, 0, 0,
                    new RoomStatus(1_000, false, 0, 0, 0, 0), List.of(), null, new TopologyStatus("0", null), null,
                    null, kafka, null);
            HerdStatus herd = herd(ServerAnswer.of("Alford", ADDRESS, status, RIGHT));
            assertThat(herd.faults()).containsExactly("Alford: kafka: the topic is not read",
                    "Alford: kafka: the history is not written");
            assertThat(herd.isWell()).isFalse();
        }

        @Test
        void areSeenFromAServerByTheClocksOfTheServersOnly() {
            List<ServerAnswer> ahead = List.of(server("Alford", "a", 0, AN_HOUR_AHEAD));
            assertThat(new HerdStatus(null, ahead).faults()).singleElement().asString()
                    .startsWith("the clock of Alford is 60.0 min ahead of that of this machine; ");
            assertThat(new HerdStatus("Alford", ahead).faults()).isEmpty();
        }
    }

    @Nested
    class Certificates {
        private static HerdStatus ending(Long endMillis) {
            return herd(ServerAnswer.of("Alford", ADDRESS, new ServerStatus("Alford", 0, 2_000_000, 1, 0, "a", 0, 0, 0,
                    new RoomStatus(1_000, false, 0, 0, 0, 0), List.of(), null, new TopologyStatus("0", null),
                    endMillis), RIGHT));
        }

        @Test
        void thatHaveExpiredAreTold() {
            assertThat(ending(1L).faults()).containsExactly("Alford: its certificate has expired; renew it");
            assertThat(ending(2L).isWell()).isTrue();
            assertThat(ending(null).isWell()).isTrue();
        }
    }

    @Nested
    class Webhooks {
        private static HerdStatus sending(List<String> failures, String diskFailure) {
            return herd(ServerAnswer.of("Alford", ADDRESS, new ServerStatus("Alford", 0, 0, 1, 0, "a", 0, 0, 0,
                    new RoomStatus(1_000, false, 0, 0, 0, 0), List.of(), null, new TopologyStatus("0", null), null,
                    null, null, new WebhookStatus(1, 2, 3, 4, failures.size() * 3, failures, diskFailure)), RIGHT));
        }

        @Test
        void thatTakeNoMessagesAreTold() {
            assertThat(sending(List.of("http://a: the fence 'yard': answered 500"), "the disk is full").faults())
                    .containsExactly("Alford: webhook http://a: the fence 'yard': answered 500",
                            "Alford: 2 more webhooks take no messages",
                            "Alford: the outbox of webhooks: the disk is full");
            assertThat(sending(List.of(), null).isWell()).isTrue();
        }
    }

    @Nested
    class Topologies {
        private static ServerAnswer goingBy(String name, String hash, String fault) {
            ReloadStatus reload = fault == null ? null : ReloadStatus.ofFault(7, fault);
            ServerStatus status = new ServerStatus(name, 0, 0, 1, 0, "a", 0, 0, 0,
                    new RoomStatus(1_000, false, 0, 0, 0, 0), List.of(), null,
                    new TopologyStatus(hash, reload), null);
            return ServerAnswer.of(name, ADDRESS, status, RIGHT);
        }

        @Test
        void thatAreTheSameAreNotTold() {
            assertThat(herd(goingBy("Alford", "1", null), goingBy("Parker", "1", null)).isWell()).isTrue();
        }

        @Test
        void thatAreOthersThanThoseOfMostAreTold() {
            HerdStatus herd = herd(goingBy("Alford", "1", null), goingBy("Bolden", "2", null),
                    goingBy("Hamilton", "3", null), goingBy("Parker", "2", null), goingBy("Welsh", "3", null),
                    none("Zeta", Failure.Kind.SILENT));
            String mend = "; give all servers the same file, and see: herd reload";
            assertThat(herd.faults()).containsExactly(
                    "Alford goes by another topology, 1, than Bolden, Parker" + mend,
                    "Hamilton, Welsh go by another topology, 3, than Bolden, Parker" + mend);
            assertThat(herd.isWell()).isFalse();
        }

        @Test
        void thatHaveAFaultAreTold() {
            assertThat(herd(goingBy("Alford", "1", "herd.json: line 3")).faults()).containsExactly(
                    "Alford: its topology file was read again, and nothing has changed: herd.json: line 3");
        }
    }

    @Test
    void knowsALinkByEachOfItsEndsThatAnswered() {
        HerdStatus herd = herd(server("Alford", "a", 0, RIGHT, link("Parker", true, null), link("Welsh", false, null)),
                none("Parker", Failure.Kind.SILENT));
        assertThat(herd.links()).extracting(HerdLink::from, HerdLink::to, HerdLink::state).containsExactly(
                tuple("Alford", "Parker", HerdLink.State.UP),
                tuple("Alford", "Welsh", HerdLink.State.DOWN),
                tuple("Parker", "Alford", HerdLink.State.UNKNOWN));
    }

    @Test
    void isThisJson() {
        HerdStatus herd = herd(server("Alford", "a", 0, AN_HOUR_AHEAD), none("Parker", Failure.Kind.SILENT));
        assertThat(HerdJson.write(herd)).isEqualTo("{\"converged\":false,\"faults\":[\"" + herd.faults().getFirst()
                + "\"],\"servers\":[{\"name\":\"Alford\",\"address\":{\"host\":\"::1\",\"port\":12000},"
                + "\"status\":{\"name\":\"Alford\",\"startedMillis\":0,\"nowNanos\":0,\"clients\":1,\"forgotten\":0,\"digest\":\"a\","
                + "\"cutoffNanos\":0,\"goneCutoffNanos\":0,\"connections\":0,\"room\":{\"maxClients\":1000,\"full\":false,\"lacking\":0,"
                + "\"refusedReports\":0,\"refusedTaught\":0,\"refusedReplayed\":0},\"links\":[],\"topology\":{\"hash\":\"0\"}},"
                + "\"clock\":{\"aheadNanos\":3600000000000,\"errorNanos\":0}},"
                + "{\"name\":\"Parker\",\"address\":{\"host\":\"::1\",\"port\":12000},"
                + "\"failure\":\"[::1]:12000: why\"}]}");
    }
}
