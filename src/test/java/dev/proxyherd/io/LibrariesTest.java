package dev.proxyherd.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room that needs libraries is loaded with them, wherever the jar lies, and only when it is asked for. */
class LibrariesTest {
    private static final String ROOM = "herd.room.Speaker";

    @TempDir
    private Path dir;

    private Path jar;
    private Path libraries;

    @BeforeEach
    void install() throws IOException {
        libraries = Files.createDirectories(dir.resolve("installed/lib/speech"));
        jar = dir.resolve("installed/herd.jar");
        Path library = compile("library", "library.Words", """
                package library;
                public class Words {
                    public static String say() {
                        return "said by a library";
                    }
                }
                """, "");
        Path room = compile("room", ROOM, """
                package herd.room;
                public class Speaker implements java.util.function.Supplier<String> {
                    public String get() {
                        return new Inner().toString();
                    }
                    static class Inner {
                        public String toString() {
                            return library.Words.say();
                        }
                    }
                }
                """, library.toString());
        pack(library, libraries.resolve("words.jar"));
        pack(room, jar);
    }

    private Path compile(String name, String type, String source, String classPath) throws IOException {
        Path file = dir.resolve(name + "-source").resolve(type.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        Path classes = dir.resolve(name);
        assertThat(ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, "-cp", classPath, "-d",
                classes.toString(), file.toString())).isZero();
        return classes;
    }

    private static void pack(Path classes, Path jar) {
        assertThat(ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create", "--file",
                jar.toString(), "-C", classes.toString(), ".")).isZero();
    }

    @Test
    void areFoundByTheRoomThatNeedsThemAndByNoOther() throws IOException {
        Supplier<?> speaker = new Libraries(jar).open(Supplier.class, ROOM, "speech");
        assertThat(speaker.get()).isEqualTo("said by a library");
        assertThatThrownBy(() -> Class.forName("library.Words")).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void thatAreMissingAreNamedWithWhatToDo() throws IOException {
        Files.delete(libraries.resolve("words.jar"));
        Files.delete(libraries);
        assertThatThrownBy(() -> new Libraries(jar).open(Supplier.class, ROOM, "speech"))
                .isInstanceOf(IOException.class)
                .hasMessage("the libraries that this needs are not in %s: install the whole herd there, or build it"
                        + " with mvn package", libraries);
    }

    @Test
    void thatDoNotFitAreTold() {
        assertThatThrownBy(() -> new Libraries(jar).open(Supplier.class, "herd.room.Singer", "speech"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("do not fit this herd").hasMessageContaining(libraries.toString());
    }

    @Test
    void areOnTheClassPathInABuild() throws IOException {
        assertThat(Libraries.besideTheJar().open(Supplier.class, OnTheClassPath.class.getName(), "none").get())
                .isEqualTo("here");
    }

    /** What a build finds as it finds all. */
    public static final class OnTheClassPath implements Supplier<String> {
        @Override
        public String get() {
            return "here";
        }
    }
}
