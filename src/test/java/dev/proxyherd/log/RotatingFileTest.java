package dev.proxyherd.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("server-Alford.log");
    }

    private static void write(RotatingFile file, String text) throws IOException {
        file.write(ByteBuffer.wrap(TrafficLog.bytes(text)));
    }

    private String content(String suffix) throws IOException {
        return Files.readString(Path.of(path + suffix));
    }

    @Test
    void movesWhatIsFullAsideAndDropsTheOldest() throws IOException {
        RotatingFile file = RotatingFile.open(path, 40);
        for (int i = 0; i < 13; i++) {
            write(file, "line" + (char) ('a' + i) + '\n' + (i % 2 == 0 ? "" : "-\n-\n"));
            assertThat(LogFiles.diskUsed(folder)).isLessThanOrEqualTo(40);
        }
        file.close();
        assertThat(content("")).isEqualTo("linem\n");
        assertThat(content(".1")).isEqualTo("linel\n-\n-\n");
        assertThat(content(".2")).isEqualTo("linek\n");
        assertThat(content(".3")).isEqualTo("linej\n-\n-\n");
        assertThat(folder).isDirectoryNotContaining("glob:**.4");
    }

    @Test
    void fillsAFileToItsShareExactly() throws IOException {
        RotatingFile file = RotatingFile.open(path, 40);
        write(file, "12345\n789\n");
        assertThat(Path.of(path + ".1")).doesNotExist();
        write(file, "\n");
        file.close();
        assertThat(content(".1")).isEqualTo("12345\n789\n");
        assertThat(content("")).isEqualTo("\n");
    }

    @Test
    void countsWhatAFormerRunHasLeft() throws IOException {
        Files.writeString(path, "12345678\n");
        RotatingFile file = RotatingFile.open(path, 40);
        write(file, "ab\n");
        file.close();
        assertThat(content(".1")).isEqualTo("12345678\n");
        assertThat(content("")).isEqualTo("ab\n");
    }

    @Test
    void endsALineThatAFormerRunCouldNot() throws IOException {
        Files.writeString(path, "1234\nhal");
        RotatingFile file = RotatingFile.open(path, 48);
        write(file, "ab\n");
        write(file, "c\n");
        file.close();
        assertThat(content(".1")).isEqualTo("1234\nhal\nab\n");
        assertThat(content("")).isEqualTo("c\n");
    }

    @Test
    void keepsTheNewestLinesWithoutAGapWithinItsBound() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            Path log = Files.createDirectory(folder.resolve("seed" + seed)).resolve("x.log");
            RotatingFile file = RotatingFile.open(log, 4_000);
            Random random = new Random(seed);
            int lines = 0;
            while (lines < 600) {
                StringBuilder batch = new StringBuilder();
                for (int i = random.nextInt(20); i >= 0; i--) {
                    batch.append(lines++).append('\n');
                }
                write(file, batch.toString());
                assertThat(LogFiles.diskUsed(log.getParent())).as("seed %d", seed).isLessThanOrEqualTo(4_000);
            }
            file.close();
            List<String> kept = LogFiles.lines(log);
            int first = lines - kept.size();
            assertThat(kept).as("seed %d", seed).hasSizeGreaterThan(500)
                    .isEqualTo(IntStream.range(first, lines).mapToObj(String::valueOf).toList());
        }
    }

    @Test
    void goesOnWhereItWasWhenItsFolderIsBack() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path away = folder.resolve("away");
        path = home.resolve("x.log");
        RotatingFile file = RotatingFile.open(path, 40);
        write(file, "older678\n");
        write(file, "old\n");
        Files.move(home, away);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> write(file, "lost5678\n")).isInstanceOf(IOException.class);
        }
        Files.move(away, home);
        write(file, "new\n");
        file.close();
        assertThat(LogFiles.lines(path)).containsExactly("older678", "old", "new");
    }

    @Test
    void saysWhenItCannotBeOpened() {
        assertThatThrownBy(() -> RotatingFile.open(folder.resolve("none/x.log"), 40)).isInstanceOf(IOException.class);
    }
}
