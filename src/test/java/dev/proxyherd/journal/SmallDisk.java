package dev.proxyherd.journal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxyherd.server.SystemCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that is a disk of its own, of few bytes; only root can have one, so tests are skipped where it cannot be. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    public static SmallDisk mount(Path folder, int kilobytes) throws IOException {
        Files.createDirectories(folder);
        boolean mounted = SystemCommand.run("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "herd-test",
                folder.toString());
        assumeTrue(mounted, "no disk of a few kilobytes can be had here: mounting needs root");
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    /** Makes room, or takes it away. */
    public void resize(int kilobytes) throws IOException {
        remount("size=" + kilobytes + "k");
    }

    /** Takes writes, or refuses them, as a disk does once it has found itself damaged. */
    public void allowWrites(boolean allowed) throws IOException {
        remount(allowed ? "rw" : "ro");
    }

    /** Leaves no room; who deletes the file that this returns makes room again. */
    public Path fill() throws IOException {
        Path ballast = folder.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] page = new byte[4096];
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            if (Files.getFileStore(folder).getUsableSpace() > 0) {
                throw full;
            }
            return ballast;
        }
    }

    private void remount(String option) throws IOException {
        if (!SystemCommand.run("mount", "-o", "remount," + option, folder.toString())) {
            throw new IOException("cannot remount " + folder + " with " + option);
        }
    }

    @Override
    public void close() {
        SystemCommand.run("umount", "-l", folder.toString());
    }
}
