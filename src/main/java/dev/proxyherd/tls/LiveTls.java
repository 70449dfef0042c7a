package dev.proxyherd.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The set that new connections use, read again when its files change: all of them together, and only where all can be used
 * and the certificate would be accepted; connections that are open stay as they are. Any threads ask; one thread at a time
 * calls {@link #round}.
 */
public final class LiveTls {
    /** How often somebody looks whether a file has changed. */
    public static final Duration PERIOD = Duration.ofSeconds(10);

    private final TlsFiles files;
    private final InstantSource clock;
    private final Consumer<String> notes;
    private final Consumer<String> warnings;
    private volatile TlsSet current;
    private byte[] seen;

    /** What was told last: the words, or the content that is objected to, since those words tell the time. */
    private @Nullable Object lastFault;

    /**
     * Takes the files as they are, also where {@link #objection} has something to say: nothing better is there yet.
     *
     * @param notes takes what has been done
     * @param warnings takes what a person should know
     * @throws IOException if the files cannot be used; the message says why
     */
    public LiveTls(TlsFiles files, InstantSource clock, Consumer<String> notes, Consumer<String> warnings)
            throws IOException {
        this.files = files;
        this.clock = clock;
        this.notes = notes;
        this.warnings = warnings;
        // In this order a change in between is seen at the first look.
        this.seen = files.content();
        this.current = files.read();
    }

    /** What new connections are to use. */
    public TlsSet current() {
        return current;
    }

    /** Why nobody would accept what is in use, as {@link TlsSet#objection}; or null. */
    public @Nullable String objection(Set<String> names) {
        return current.objection(clock.instant(), names);
    }

    /**
     * Waits for the next look, and looks; true, for there is always another.
     *
     * @param names gives what a new certificate must be for, where there are authorities
     */
    public boolean round(Supplier<Set<String>> names) throws InterruptedException {
        Thread.sleep(PERIOD);
        look(names.get());
        return true;
    }

    /** Reads the files again if they have changed. */
    void look(Set<String> names) {
        try {
            byte[] content = files.content();
            if (Arrays.equals(content, seen)) {
                lastFault = null;
                return;
            }
            TlsSet next = files.read();
            if (!Arrays.equals(content, files.content())) {
                return; // they are being written; the next look will tell
            }
            String objection = next.objection(clock.instant(), names);
            if (objection != null) {
                refuse(ByteBuffer.wrap(content), objection);
                return;
            }
            current = next;
            seen = content;
            lastFault = null;
            notes.accept("new connections use the certificate " + next.identity().chain().getFirst()
                    .getSubjectX500Principal().getName() + " from " + files.certificate() + ", valid until "
                    + next.identity().expiry());
        } catch (IOException e) {
            String fault = String.valueOf(e.getMessage());
            refuse(fault, fault);
        }
    }

    private void refuse(Object cause, String fault) {
        if (!cause.equals(lastFault)) {
            warnings.accept("the changed certificates are not used, and those before are: " + fault);
        }
        lastFault = cause;
    }
}
