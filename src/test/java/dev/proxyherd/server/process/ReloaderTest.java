package dev.proxyherd.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.log.Faults;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.HerdServer;
import dev.proxyherd.server.Node;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import dev.proxyherd.server.survey.ReloadedServer;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.ReloadStatus;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import dev.proxyherd.topology.TopologyException;
import dev.proxyherd.topology.TopologyFile;
import dev.proxyherd.topology.TopologyHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alford and Bolden run in one process, and Parker elsewhere; the file first knows Alford and Bolden only. */
class ReloaderTest {
    private static final String[] PROCESS = {"Alford", "Bolden"};

    @TempDir
    private Path dir;

    private final List<HerdServer> running = new CopyOnWriteArrayList<>();
    private final AtomicInteger read = new AtomicInteger();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private Path file;
    private TestHerd herd;
    private Reloader reloader;

    @BeforeEach
    void start() throws IOException {
        file = dir.resolve("herd.json");
        herd = new TestHerd(dir, "Alford", "Bolden", "Parker").link("Alford", "Bolden");
        write(file, servers("Alford", "Bolden") + ", \"links\": [[\"Alford\", \"Bolden\"]]");
        reloader = reloader(Duration.ofHours(1));
        herd.reloads((name, dry) -> reloader.reload(name, dry));
        for (String name : PROCESS) {
            running.add(herd.start(name));
        }
        herd.awaitLinks();
    }

    @AfterEach
    void stop() {
        herd.close();
        assertThat(faults).isEmpty();
    }

    private Reloader reloader(Duration look) throws IOException {
        FileSource source = new FileSource();
        return new Reloader(source, source.read(), running, look);
    }

    private void begin(Duration look) throws IOException {
        reloader = reloader(look);
        reloader.begin(new Faults(faults::add));
    }

    /** What the command line reads, without options. */
    private final class FileSource implements TopologySource {
        @Override
        public Path file() {
            return file;
        }

        @Override
        public Reading read() throws IOException {
            read.incrementAndGet();
            try {
                Topology topology = TopologyFile.read(file);
                Map<String, Node> nodes = new LinkedHashMap<>();
                for (String name : PROCESS) {
                    if (topology.servers().containsKey(name)) {
                        nodes.put(name, new Node(ServerName.of(name), topology.servers().get(name),
                                topology.servers().get(name).host(),
                                topology.neighboursOf(name), topology.servers().keySet(),
                                TopologyHash.of(topology, Map.of())));
                    }
                }
                return new Reading(topology, nodes, TestSettings.LIMITS, topology.settings().values(), Map.of());
            } catch (TopologyException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    private String servers(String... names) {
        StringBuilder servers = new StringBuilder();
        for (String name : names) {
            servers.append(servers.isEmpty() ? "\"servers\": {" : ", ")
                    .append("\"" + name + "\": {\"host\": \"127.0.0.1\", \"port\": " + herd.port(name) + "}");
        }
        return servers + "}";
    }

    /** All three, with links in a row. */
    private String grown() {
        return servers("Alford", "Bolden", "Parker")
                + ", \"links\": [[\"Alford\", \"Bolden\"], [\"Bolden\", \"Parker\"]]";
    }

    /** As a careful person or program does it: whole at once. */
    private static void write(Path to, String content) throws IOException {
        Path whole = Files.writeString(to.resolveSibling("whole"), "{" + content + "}");
        Files.move(whole, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> neighbours(String name) {
        return herd.status(name).links().stream().map(LinkStatus::neighbour).toList();
    }

    private ReloadStatus told(String name) {
        return herd.status(name).topology().reload();
    }

    @Nested
    class Asked {
        @BeforeEach
        void begin() throws IOException {
            ReloaderTest.this.begin(Duration.ofHours(1));
        }

        @Test
        void tellsThatNothingHasChanged() {
            reloader.reload("Alford", false);
            ReloadStatus again = reloader.reload("Alford", false);
            assertThat(again.isNews()).isFalse();
            assertThat(again.fault()).isNull();
        }

        @Test
        void tellsWhatWouldChangeAndChangesNothing() throws IOException {
            reloader.reload("Bolden", false);
            String hash = herd.status("Bolden").topology().hash();
            ReloadStatus before = told("Bolden");
            write(file, grown());
            assertThat(reloader.reload("Bolden", true).changes()).hasSize(2)
                    .contains("Parker is a neighbour now, at 127.0.0.1:" + herd.port("Parker"))
                    .anyMatch(change -> change.startsWith("the topology is ") && change.endsWith("and was " + hash));
            assertThat(neighbours("Bolden")).containsExactly("Alford");
            assertThat(told("Bolden")).isEqualTo(before);
        }

        @Test
        void changesTheOneServerAndTellsItInTheStatusAndTheLog() throws IOException {
            write(file, grown());
            herd.link("Bolden", "Parker").start("Parker");
            ReloadStatus reload = reloader.reload("Bolden", false);
            assertThat(reload.changes()).contains("Parker is a neighbour now, at 127.0.0.1:" + herd.port("Parker"));
            Await.until("Bolden and Parker are linked",
                    () -> herd.status("Bolden").links().stream().allMatch(LinkStatus::up));
            assertThat(told("Bolden")).isEqualTo(reload);
            herd.awaitLog("Bolden", "by its topology file: Parker is a neighbour now");
            assertThat(reloader.topology().servers()).containsKey("Parker");
        }

        @Test
        void namesWhatTakesARestartAgainAndAgainAndLeavesIt() throws IOException {
            write(file, servers("Alford", "Bolden") + ", \"links\": [[\"Alford\", \"Bolden\"]], \"fsync\": \"no\"");
            assertThat(reloader.reload("Alford", false).restart()).containsExactly("fsync");
            assertThat(reloader.reload("Alford", false).restart()).containsExactly("fsync");
            assertThat(herd.warnings("Alford")).singleElement().asString()
                    .isEqualTo("the topology file has changed what takes a restart: fsync; until then it is as it was");
        }

        @Test
        void withAFaultChangesNothingAndTellsItOnce() throws IOException {
            Files.writeString(file, "{" + grown().substring(0, 40));
            ReloadStatus reload = reloader.reload("Alford", false);
            assertThat(reload.fault()).contains("herd.json: line 1 column").contains("the JSON is broken here");
            assertThat(reload.changes()).isEmpty();
            reloader.reload("Alford", false);
            assertThat(neighbours("Alford")).containsExactly("Bolden");
            assertThat(herd.warnings("Alford")).hasSize(1);
            assertThat(told("Alford").fault()).isEqualTo(reload.fault());

            write(file, servers("Alford", "Bolden") + ", \"links\": [[\"Alford\", \"Bolden\"]]");
            reloader.reload("Alford", false);
            assertThat(told("Alford").fault()).isNull();
        }

        @Test
        void ofAServerThatIsNotInTheFileAnyMoreChangesTheOthersOnly() throws IOException {
            write(file, servers("Alford"));
            assertThat(reloader.reload("Bolden", false).fault()).contains("has no server 'Bolden' any more");
            assertThat(reloader.reload("Alford", false).changes()).contains("Bolden is no longer a neighbour");
            herd.awaitWarning("Bolden", "it refused: Bolden is no longer a neighbour of Alford");
            assertThat(neighbours("Bolden")).containsExactly("Alford");
        }

        @Test
        void overTheWireByAllServersOfAnotherOnesTopology() throws Exception {
            write(file, grown());
            List<ReloadedServer> reloaded = herd.survey().reload(herd.names(), false);
            assertThat(reloaded).extracting(ReloadedServer::isDone).containsExactly(true, true, false);
            assertThat(reloaded.get(1).reload().changes()).anyMatch(change -> change.startsWith("Parker is"));
            assertThat(reloaded.get(2).failure()).contains("Connection refused");
        }
    }

    @Nested
    class Looking {
        private static final Duration OFTEN = Duration.ofMillis(20);

        @Test
        void findsEachChangeOfTheFile() throws IOException {
            begin(OFTEN);
            write(file, grown());
            Await.until("Parker is a neighbour", () -> neighbours("Bolden").contains("Parker"));
            write(file, servers("Alford", "Bolden") + ", \"links\": [[\"Alford\", \"Bolden\"]]");
            Await.until("and is none", () -> neighbours("Bolden").equals(List.of("Alford")));
            Await.until("as all know", () -> herd.status("Alford").topology().hash()
                    .equals(herd.status("Bolden").topology().hash()));
        }

        @Test
        void readsNothingWhileTheContentIsTheSame() throws IOException {
            begin(OFTEN);
            Await.until("the first look", () -> read.get() == 3);
            for (int i = 0; i < 5; i++) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(i));
                write(file, Files.readString(file).replaceAll("^\\{|\\}$", ""));
            }
            write(file, grown());
            Await.until("Parker is a neighbour", () -> neighbours("Bolden").contains("Parker"));
            assertThat(read).hasValue(4);
        }

        /** As Kubernetes swaps what a volume holds. */
        @Test
        void followsLinksThatAreSwapped() throws IOException {
            Path first = Files.createDirectory(dir.resolve("..first"));
            Path second = Files.createDirectory(dir.resolve("..second"));
            Files.copy(file, first.resolve("herd.json"));
            write(second.resolve("herd.json"), grown());
            Path data = Files.createSymbolicLink(dir.resolve("..data"), first.getFileName());
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("..data", "herd.json"));
            begin(OFTEN);
            Path swap = Files.createSymbolicLink(dir.resolve("..data_tmp"), second.getFileName());
            Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE);
            Await.until("Parker is a neighbour", () -> neighbours("Bolden").contains("Parker"));
        }

        @Test
        void tellsAFaultOnceAndLooksAtTheNextChange() throws IOException {
            begin(OFTEN);
            Files.writeString(file, "{\"servers\"");
            herd.awaitWarning("Alford", "the topology file was read again, and nothing has changed: ");
            herd.awaitWarning("Bolden", "the topology file was read again, and nothing has changed: ");
            try (RawClient client = herd.connect("Alford")) {
                assertThat(client.ask("IAMAT kiwi +34-118 7")).startsWith("AT Alford");
            }
            herd.awaitSameStores("as before", 1);
            write(file, grown());
            Await.until("Parker is a neighbour", () -> neighbours("Bolden").contains("Parker"));
            assertThat(herd.warnings("Bolden")).hasSize(1);
            Await.until("the fault is over", () -> told("Bolden").fault() == null);
        }

        @Test
        void triesAgainUntilAFaultHasPassedAndUntilThenGoesByWhatWasRead() throws IOException {
            begin(OFTEN);
            int next = FreePorts.next();
            try (ServerSocket taken = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
                write(file, (servers("Alford", "Bolden") + ", \"links\": [[\"Alford\", \"Bolden\"]]")
                        .replace(": " + herd.port("Alford") + "}", ": " + taken.getLocalPort() + "}"));
                herd.awaitWarning("Alford", "the topology file was read again, and nothing has changed: ");
                int before = read.get();
                Await.until("more looks", () -> read.get() > before + 3);
                assertThat(reloader.topology().servers().get("Alford"))
                        .isEqualTo(new ServerAddress("127.0.0.1", herd.port("Alford")));
            }
            Await.until("Alford has moved", () -> running.getFirst().config().listen().port() == next);
            Await.until("the fault is over", () -> told("Alford").fault() == null);
            Await.until("and that is the topology", () -> reloader.topology().servers().get("Alford").port() == next);
            assertThat(herd.warnings("Alford")).hasSize(1);
        }

        @Test
        void forgetsAFaultOfAFileThatIsAgainAsItWas() throws IOException {
            begin(OFTEN);
            String good = Files.readString(file).replaceAll("^\\{|\\}$", "");
            Files.writeString(file, "{\"servers\"");
            herd.awaitWarning("Alford", "the topology file was read again, and nothing has changed: ");
            write(file, good);
            Await.until("the fault is over", () -> told("Alford").fault() == null);
        }

        @Test
        void takesAFileThatIsGoneForAFault() throws IOException {
            begin(OFTEN);
            Files.delete(file);
            herd.awaitWarning("Alford", "cannot be read");
            assertThat(neighbours("Alford")).containsExactly("Bolden");
        }
    }

    @Test
    void untilAllHaveReadTheSameTheStatusNamesThoseThatHaveAnother() throws Exception {
        begin(Duration.ofHours(1));
        reloader.reload("Alford", false);
        reloader.reload("Bolden", false);
        herd.remove("Parker");
        assertThat(herd.survey().status().isWell()).isTrue();
        write(file, servers("Alford", "Bolden"));
        reloader.reload("Bolden", false);
        assertThat(herd.survey().status().faults()).singleElement().asString()
                .startsWith("Bolden goes by another topology, "
                        + herd.status("Bolden").topology().hash() + ", than Alford");
    }
}
