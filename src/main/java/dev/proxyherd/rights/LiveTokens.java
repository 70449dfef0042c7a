package dev.proxyherd.rights;

import dev.proxyherd.io.LiveFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a file, as they are now. A file that has gone or is faulty changes nothing, so nobody gets more or less by a
 * typing error. Any threads ask; one at a time calls {@link #round}.
 */
public final class LiveTokens {
    /** After so long at most a change of the file counts. */
    public static final Duration PERIOD = LiveFile.PERIOD;

    private final LiveFile<Tokens> file;

    /**
     * Reads the file.
     *
     * @param notes takes what has been done
     * @param warnings takes what a person should know
     * @throws IOException if it cannot be read, or there is a fault in it; the message names the file and the mend
     */
    public LiveTokens(Path path, Consumer<String> notes, Consumer<String> warnings) throws IOException {
        this.file = new LiveFile<>(path, TokenFile.MAX_BYTES, content -> TokenFile.parse(path, content), notes,
                warnings);
    }

    /** All that there are now. */
    public Tokens current() {
        return file.current();
    }

    /** Whether the token is still there, and stands for what it did. */
    public boolean holds(Token token) {
        return token.equals(current().named(token.name()));
    }

    /** What who is of this name may do now: nothing where no token has it. */
    public Rights of(String name) {
        @Nullable
        Token token = current().named(name);
        return token == null ? Rights.NONE : token.rights();
    }

    /** Waits for the next look at the file, and looks; true, for there is always another. */
    public boolean round() throws InterruptedException {
        return file.round();
    }

    /** Looks at once. */
    public void look() {
        file.look();
    }
}
