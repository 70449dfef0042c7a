package dev.proxyherd.fences.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.fences.FenceGeometry;
import dev.proxyherd.fences.Fences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fences of a file change when it does, as a whole, and not by a fault. */
class FencesFileTest {
    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Path path;

    @BeforeEach
    void choose(@TempDir Path dir) {
        path = dir.resolve("fences.geojson");
    }

    private void write(String... ids) throws IOException {
        String[] features = new String[ids.length];
        for (int i = 0; i < ids.length; i++) {
            features[i] = FenceReaderTest.feature(FenceReaderTest.SQUARE, "'id':'" + ids[i] + "'");
        }
        Files.writeString(path, FenceReaderTest.collection(features));
    }

    private FencesFile open() throws IOException {
        return new FencesFile(path, FenceGeometry.open(), Instant::now, notes::add, warnings::add);
    }

    private static List<String> ids(FencesFile file) {
        return file.current().areas().stream().map(area -> area.fence().id()).toList();
    }

    @Test
    void changeWhenItChanges() throws IOException {
        write("a");
        FencesFile file = open();
        write("a", "b");
        file.look();
        assertThat(ids(file)).containsExactly("a", "b");
        assertThat(notes).containsExactly(path + " has changed: 2 fences are followed from now on");
        assertThat(warnings).isEmpty();
    }

    @Test
    void changeAlsoWithinOneTickOfTheFilesClock() throws IOException {
        write("a");
        FencesFile file = open();
        FileTime time = Files.getLastModifiedTime(path);
        write("b");
        Files.setLastModifiedTime(path, time);
        file.look();
        assertThat(ids(file)).containsExactly("b");
    }

    @Test
    void stayTheSameObjectWhereNothingElseIsSaid() throws IOException {
        write("a");
        FencesFile file = open();
        Fences before = file.current();
        write("a");
        file.look();
        file.look();
        assertThat(file.current()).isSameAs(before);
        assertThat(notes).isEmpty();
    }

    @Test
    void areNotReadAgainWhileTheFileIsOld() throws IOException {
        write("a");
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
        FencesFile file = open();
        FileTime time = Files.getLastModifiedTime(path);
        write("b");
        Files.setLastModifiedTime(path, time);
        file.look();
        assertThat(ids(file)).as("its size and time are the same").containsExactly("a");
    }

    @Test
    void stayWhereThereIsAFaultWhichIsToldOnce() throws IOException {
        write("a");
        FencesFile file = open();
        write("b", "b");
        file.look();
        file.look();
        assertThat(ids(file)).containsExactly("a");
        assertThat(warnings).containsExactly(
                path + ": features[1] (id b): features[0] has the same id; the fences from before stay");
        write("b");
        file.look();
        assertThat(ids(file)).containsExactly("b");
        write("c", "c");
        file.look();
        assertThat(warnings).hasSize(2);
    }

    @Test
    void stayWhereTheFileHasGoneAndChangeWhenItIsBack() throws IOException {
        write("a");
        FencesFile file = open();
        Files.delete(path);
        file.look();
        file.look();
        assertThat(ids(file)).containsExactly("a");
        assertThat(warnings).containsExactly(path + ": there is no such file; the fences from before stay");
        write("b");
        file.look();
        assertThat(ids(file)).containsExactly("b");
    }

    @Test
    void followAFileThatALinkLeadsTo(@TempDir Path dir) throws IOException {
        write("a");
        Path link = dir.resolve("link");
        Files.createSymbolicLink(link, path);
        FencesFile file = new FencesFile(link, FenceGeometry.open(), Instant::now, notes::add, warnings::add);
        Path other = dir.resolve("other");
        Files.writeString(other,
                FenceReaderTest.collection(FenceReaderTest.feature(FenceReaderTest.SQUARE, "'id':'other'")));
        Path next = dir.resolve("next");
        Files.createSymbolicLink(next, other);
        Files.move(next, link, StandardCopyOption.REPLACE_EXISTING);
        file.look();
        assertThat(ids(file)).containsExactly("other");
    }

    @Test
    void areRefusedAtAStartWithAFault() throws IOException {
        write("a", "a");
        assertThatThrownBy(this::open).isInstanceOf(BadFencesException.class);
        Files.delete(path);
        assertThatThrownBy(this::open).hasMessage(path + ": there is no such file");
    }
}
