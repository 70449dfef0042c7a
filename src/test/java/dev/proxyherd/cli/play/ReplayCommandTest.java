package dev.proxyherd.cli.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.cli.CommandRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What replay says on its error output and by its exit code, to a peer that answers every line. */
@Timeout(60)
class ReplayCommandTest {
    @TempDir
    private Path folder;

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private ServerSocket server;
    private Path topology;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        topology = Files.writeString(folder.resolve("city.json"), String.format(
                "{\"servers\": {\"A\": {\"host\": \"127.0.0.1\", \"port\": %d}}}", server.getLocalPort()));
        Thread.ofVirtual().start(this::answer);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void answer() {
        try (Socket socket = server.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
                socket.getOutputStream().write("AT\n".getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private CommandRun replay(String content, String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("replay", "--all-at-once", "--topology", topology.toString()));
        args.addAll(List.of(options));
        args.add(Files.writeString(folder.resolve("log.csv"), content).toString());
        return CommandRun.of(args.toArray(String[]::new));
    }

    @Test
    void whatItTookEachColumnForIsSaid() throws IOException {
        CommandRun run = replay("id,bus,lat,lon,seen\n1,b7,1,2,1704067203\n", "--columns", "time=seen,id=bus");

        assertThat(run.code()).isZero();
        assertThat(run.err())
                .startsWith(folder.resolve("log.csv") + ": CSV with commas: client from bus, latitude from lat, "
                        + "longitude from lon, time from seen; not used: id\n");
        assertThat(heard).containsExactly("IAMAT b7 +1+2 1704067203");
    }

    @Test
    void pointsThatCouldNotBeReadAreCountedByKindAndInTheExitCode() throws IOException {
        CommandRun run = replay("lat;lon;time\n49,978;8;1704067203\n49;8;1704067203\n");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(
                "1 point left out: 1 with a latitude of 49,978: decimals are written with a point (line 2)\n");
        assertThat(heard).containsExactly("IAMAT log +49+8 1704067203");
    }

    @Test
    void pointsThatTheFileMarksAsNoFixAreNoFault() throws IOException {
        CommandRun run = replay("lat,lon,time,valid\n1,2,1704067203,false\n1,2,1704067204,true\n");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("1 point left out: 1 that the file says are not valid (line 2)\n");
    }

    @Test
    void aFileWithNothingToReadIsRefusedAndNothingSent() throws IOException {
        assertThat(replay("lat,lon\n49,978,8,1\n").code()).isEqualTo(2);
        assertThat(replay("lat,lon\n1,2\n", "--columns", "id=bus").err())
                .endsWith("log.csv: --columns: line 1 names no column bus; it is: lat,lon\n");
        assertThat(replay("lat,lon\n1,2\n", "--columns", "bus").code()).isEqualTo(2);
        assertThat(heard).isEmpty();
    }

    @Test
    void controlCharactersOfAFileDoNotReachTheTerminal() throws IOException {
        assertThat(replay("lat,lon,time,\u001b[31m\n1,2,1704067203,\n\u001b[2J,2,3,\n").err()).doesNotContain("\u001b");
    }
}
