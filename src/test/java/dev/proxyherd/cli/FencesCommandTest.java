package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file of fences is said before servers get it. */
class FencesCommandTest {
    private Path file;

    @BeforeEach
    void write(@TempDir Path dir) throws IOException {
        file = dir.resolve("fences.geojson");
        features(feature("fiji", "[[[178,-20],[-178,-20],[-178,-15],[178,-15],[178,-20]]]", ""),
                feature("cap", "[[[0,-70],[-120,-70],[120,-70],[0,-70]]]", ""),
                feature("yard", "[[[0,0],[1,0],[1,1],[0,1],[0,0]]]", ",\"margin\":1000,\"clients\":\"van*\""));
    }

    private void features(String... features) throws IOException {
        Files.writeString(file, "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}");
    }

    private static String feature(String id, String coordinates, String more) {
        return "{\"type\":\"Feature\",\"id\":\"" + id + "\",\"properties\":{\"name\":\"" + id + '"' + more
                + "},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":" + coordinates + "}}";
    }

    @Test
    void checkTellsWhatIsInIt() {
        CommandRun run = CommandRun.of("fences", "check", file.toString());
        assertThat(run.out()).isEqualTo("3 fences of 14 positions\nfiji crosses ±180°\ncap holds a pole\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void checkTellsAllThatIsWrong() throws IOException {
        features(feature("a", "[[[0,0],[1,1],[1,0],[0,1],[0,0]]]", ""), feature("b", "[[0,0]]", ""));
        CommandRun run = CommandRun.of("fences", "check", file.toString());
        assertThat(run.err().lines()).hasSize(2).allMatch(line -> line.startsWith("herd: " + file + ": features["));
        assertThat(run.err()).contains("features[0] (id a): its rings enclose no area", "features[1] (id b): ");
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void checkNamesAFileThatIsNotThere() {
        CommandRun run = CommandRun.of("fences", "check", file + "x");
        assertThat(run.err()).isEqualTo("herd: " + file + "x: there is no such file\n");
        assertThat(run.code()).isEqualTo(2);
    }

    private CommandRun test(String... arguments) {
        String[] all = new String[arguments.length + 4];
        System.arraycopy(new String[] {"fences", "test", "--fences", file.toString()}, 0, all, 0, 4);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return CommandRun.of(all);
    }

    @Test
    void testTellsInWhichAPointIs() {
        assertThat(test("-17.7", "-179.9").out()).isEqualTo("fiji: in\n");
        assertThat(test("-90", "0").out()).isEqualTo("cap: in\n");
        assertThat(test("0.5", "0.001").out())
                .isEqualTo("yard: in, but within its margin: who was out stays out\n");
        CommandRun barely = test("0.5", "-0.001");
        assertThat(barely.out()).isEqualTo("yard: out, but within its margin: who was in stays in\n");
        assertThat(barely.code()).isEqualTo(1);
    }

    @Test
    void testTellsByItsExitCodeThatItIsInNone() {
        CommandRun run = test("50", "50");
        assertThat(run.out()).isEqualTo("in none\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(test("0.5", "0.5", "--client", "bus").out()).isEqualTo("in none\n");
        assertThat(test("0.5", "0.5", "--client", "bus").code()).isEqualTo(1);
        assertThat(test("0.5", "0.5", "--client", "van-7").code()).isZero();
    }

    @Test
    void testRefusesWhatIsNoPoint() {
        CommandRun run = test("-118.4", "34");
        assertThat(run.err()).contains("the latitude comes first");
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void secretWarnsWhereServersAreGivenAnother(@TempDir Path dir) throws IOException {
        Path secret = Files.writeString(dir.resolve("secret"), "0123456789abcdef0123456789abcdef");
        String[] command = {"fences", "secret", "--secret-file", secret.toString(), "--state-dir", dir.toString()};
        CommandRun plain = CommandRun.of(command);
        CommandRun overruled = CommandRun.with(Map.of("HERD_WEBHOOK_SECRET", "whsec_x"), command);
        assertThat(plain.err()).doesNotContain("HERD_WEBHOOK_SECRET");
        assertThat(overruled.out()).isEqualTo(plain.out()).startsWith("whsec_");
        assertThat(overruled.err()).contains(
                "herd: warning: HERD_WEBHOOK_SECRET is set here: servers that have it sign with that, and not with this\n");
    }

    @Test
    void aServerDoesNotStartWithAFaultInIt(@TempDir Path dir) throws IOException {
        features(feature("a", "[[[0,0],[1,1],[1,0],[0,1],[0,0]]]", ""));
        TestTopology topology = TestTopology.write(dir);
        CommandRun run = CommandRun.of("up", "--topology", dir.resolve("herd-topology.json").toString(), "--state-dir",
                dir.resolve("state").toString(), "--fences", file.toString());
        assertThat(topology.ports()).isNotEmpty();
        assertThat(run.err()).contains("--fences: " + file + ": features[0] (id a): its rings enclose no area");
        assertThat(run.code()).isEqualTo(2);
    }
}
