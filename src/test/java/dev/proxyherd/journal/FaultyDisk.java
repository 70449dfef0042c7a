package dev.proxyherd.journal;

import dev.proxyherd.io.OwnerOnly;
import dev.proxyherd.journal.file.ChannelOpener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk that fails as the test says; else it is the one of the machine. */
public final class FaultyDisk implements ChannelOpener {
    /** Reads that touch what is from this offset on fail. */
    public volatile long unreadableFrom = Long.MAX_VALUE;

    /** Whether reading finds no memory. */
    volatile boolean lacksMemory;

    /** Why nothing can be opened, or null. */
    volatile String refusal;

    /** Whether there is no room. */
    volatile boolean full;

    /** Whether there is no room for files of such a name's end; null where there is. */
    public volatile String fullFor;

    /** While it is not null and not at zero, syncs hang. */
    volatile CountDownLatch hang;

    /** Whose syncs of such files find no memory; null for nobody's. */
    volatile Thread withoutMemory;

    /** How many files were opened. */
    final AtomicInteger opened = new AtomicInteger();

    @Override
    public FileChannel open(Path path, Set<? extends OpenOption> options) throws IOException {
        if (refusal != null) {
            throw new IOException(path + ": " + refusal);
        }
        opened.incrementAndGet();
        return new Channel(path.toString(), OwnerOnly.open(path, options));
    }

    private final class Channel extends FileChannel {
        private final String name;
        private final FileChannel real;

        Channel(String name, FileChannel real) {
            this.name = name;
            this.real = real;
        }

        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            if (lacksMemory) {
                throw new OutOfMemoryError("by the test");
            }
            if (position + to.remaining() > unreadableFrom) {
                throw new IOException("Input/output error");
            }
            return real.read(to, position);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            if (full || (fullFor != null && name.endsWith(fullFor))) {
                throw new IOException("No space left on device");
            }
            return real.write(from);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (name.endsWith(".new") && Thread.currentThread() == withoutMemory) {
                throw new OutOfMemoryError("by the test");
            }
            CountDownLatch hanging = hang;
            try {
                if (hanging != null) {
                    hanging.await();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            real.force(metaData);
        }

        @Override
        public long position() throws IOException {
            return real.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            real.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            real.truncate(size);
            return this;
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }

        @Override
        public int read(ByteBuffer to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] to, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer from, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
