package dev.proxyherd.tls;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The set that new connections use, read again when its files change: all of them together, and only where all can be used;
 * connections that are open stay as they are. Any threads ask; one thread at a time calls {@link #round}.
 */
public final class LiveTls {
    /** How often somebody looks whether a file has changed. */
    public static final Duration PERIOD = Duration.ofSeconds(10);

    private final TlsFiles files;
    private final Consumer<String> notes;
    private final Consumer<String> warnings;
    private volatile TlsSet current;
    private byte[] seen;
    private @Nullable String lastFault;

    /**
     * @param notes takes what has been done
     * @param warnings takes what a person should know
     * @throws IOException if the files cannot be used; the message says why
     */
    public LiveTls(TlsFiles files, Consumer<String> notes, Consumer<String> warnings) throws IOException {
        this.files = files;
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

    /** Waits for the next look, and looks; true, for there is always another. */
    public boolean round() throws InterruptedException {
        Thread.sleep(PERIOD);
        look();
        return true;
    }

    /** Reads the files again if they have changed. */
    void look() {
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
            current = next;
            seen = content;
            lastFault = null;
            notes.accept("new connections use the certificate " + next.identity().chain().getFirst()
                    .getSubjectX500Principal().getName() + " from " + files.certificate() + ", valid until "
                    + next.identity().expiry());
        } catch (IOException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private void refuse(String fault) {
        if (!fault.equals(lastFault)) {
            warnings.accept("the changed certificates are not used, and those before are: " + fault);
        }
        lastFault = fault;
    }
}
