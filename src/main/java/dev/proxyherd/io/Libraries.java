package dev.proxyherd.io;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens rooms that need libraries which few servers need: these lie beside the jar, in {@code lib/NAME}, and are on no class
 * path, so that a start that does not ask for them costs nothing. Such a room is loaded together with its libraries by a class
 * loader of its own, and is used through an interface of another room. Any thread may call it.
 */
public final class Libraries {
    private final @Nullable Path jar;

    /** @param jar the herd's own jar; null if its classes lie in a folder, as in a build: then all is on the class path */
    Libraries(@Nullable Path jar) {
        this.jar = jar;
    }

    /** Those beside the jar that this class came from. */
    public static Libraries besideTheJar() {
        try {
            Path from = Path.of(Libraries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return new Libraries(Files.isDirectory(from) ? null : from);
        } catch (URISyntaxException e) {
            throw new AssertionError("a class loader names a place that is no URI", e);
        }
    }

    /**
     * A new object of a class that is loaded with its libraries, and with all of its package and of those within it.
     *
     * @param type how the caller sees it; a type of another package
     * @param implementation the full name of a public class with a public constructor that takes nothing
     * @param name the folder of its libraries, within {@code lib}
     * @throws IOException if the libraries are not there or not right; the message says what to do
     */
    public <T> T open(Class<T> type, String implementation, String name) throws IOException {
        try {
            return type.cast(Class.forName(implementation, true, loader(implementation, name)).getConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IOException("the libraries in " + folder(name) + " do not fit this herd (" + e
                    + "): install both anew, or build them with mvn package", e);
        }
    }

    private ClassLoader loader(String implementation, String name) throws IOException {
        ClassLoader own = Libraries.class.getClassLoader();
        if (jar == null) {
            return own;
        }
        List<URL> places = new ArrayList<>();
        places.add(url(jar));
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder(name), "*.jar")) {
            for (Path library : found) {
                places.add(url(library));
            }
        } catch (NotDirectoryException | NoSuchFileException e) {
            throw new IOException("the libraries that this needs are not in " + folder(name)
                    + ": install the whole herd there, or build it with mvn package", e);
        }
        String room = implementation.substring(0, implementation.lastIndexOf('.') + 1);
        return new RoomLoader(room, places.toArray(URL[]::new), own);
    }

    private Path folder(String name) {
        Path beside = jar == null ? Path.of("target") : jar.toAbsolutePath().getParent();
        return Path.of(String.valueOf(beside), "lib", name);
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }

    /** Loads one room by itself, since only here its classes find their libraries, and leaves all others to its parent. */
    private static final class RoomLoader extends URLClassLoader {
        static {
            registerAsParallelCapable();
        }

        private final String room;

        RoomLoader(String room, URL[] places, ClassLoader parent) {
            super("herd-" + room, places, parent);
            this.room = room;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(room)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
