package dev.proxyherd.cli.options;

import dev.proxyherd.client.Answer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints answers byte for byte, and says what exit code they mean. */
public final class ClientOutput {
    /** A server answered {@code ?}. */
    public static final int INVALID = 1;

    private ClientOutput() {
    }

    public static int print(Answer answer) {
        PrintStream out = System.out;
        byte[] text = (answer.line() + '\n' + (answer.document() == null ? "" : answer.document() + '\n'))
                .getBytes(StandardCharsets.UTF_8);
        out.write(text, 0, text.length);
        out.flush();
        return answer.isInvalid() ? INVALID : 0;
    }
}
