package dev.proxyherd.cli.ask;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.ClientOutput;
import dev.proxyherd.cli.options.ServerOption;
import dev.proxyherd.client.HerdClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code herd send}: raw lines. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Send lines as they are, from the arguments or else from standard input, and print the answers.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd send 'WHATSIT kiwi'",
            "  printf 'IAMAT kiwi +34-118 1400794645\\nWHATSAT kiwi 10 3\\n' | herd send --server Parker"})
public final class SendCommand implements Callable<Integer> {
    @Parameters(paramLabel = "LINE", arity = "0..*", description = "A line to send, quoted.")
    private List<String> lines = List.of();

    @Mixin
    private ServerOption server;

    /** While standard input pauses, a server that says nothing is not late. */
    private volatile boolean awaitingInput;

    /** Why standard input could not be read to its end, or null. */
    private volatile @Nullable IOException unreadable;

    @Override
    public Integer call() throws CliException {
        awaitingInput = lines.isEmpty();
        int code = server.talk(herd -> {
            // Answers are read while lines are still being sent: a server need not read more than its answers are read.
            Thread.ofPlatform().daemon().name("send").start(() -> sendAll(herd));
            return copyAnswers(herd.input());
        });
        if (unreadable != null) {
            throw new CliException("standard input cannot be read: " + unreadable.getMessage());
        }
        return code;
    }

    private void sendAll(HerdClient herd) {
        try {
            if (lines.isEmpty()) {
                sendInput(herd.output());
            }
            for (String line : lines) {
                herd.send(line);
            }
            herd.finish();
        } catch (IOException e) {
            // The server has closed the connection; what it answered before is being printed.
        }
    }

    private void sendInput(OutputStream out) throws IOException {
        byte[] buffer = new byte[8192];
        for (int count = readInput(buffer); count >= 0; count = readInput(buffer)) {
            awaitingInput = false;
            out.write(buffer, 0, count);
            awaitingInput = true;
        }
        awaitingInput = false;
    }

    /** Reads standard input; what was read before it fails is sent and answered as if it had ended. */
    private int readInput(byte[] buffer) {
        try {
            return System.in.read(buffer);
        } catch (IOException e) {
            unreadable = e;
            return -1;
        }
    }

    /** Copies all answers; no line of a places document starts with a question mark. */
    private int copyAnswers(InputStream answers) throws IOException {
        PrintStream out = System.out;
        byte[] buffer = new byte[8192];
        boolean lineStarts = true;
        boolean invalid = false;
        for (int count = read(answers, buffer); count >= 0; count = read(answers, buffer)) {
            for (int i = 0; i < count; i++) {
                invalid |= lineStarts && buffer[i] == '?';
                lineStarts = buffer[i] == '\n';
            }
            out.write(buffer, 0, count);
            out.flush();
        }
        return invalid ? ClientOutput.INVALID : 0;
    }

    /** Reads some answers. The time-out is for a server that owes some: it counts once standard input has ended. */
    private int read(InputStream answers, byte[] buffer) throws IOException {
        while (true) {
            boolean paused = awaitingInput;
            try {
                return answers.read(buffer);
            } catch (SocketTimeoutException e) {
                if (!paused && !awaitingInput) {
                    throw e;
                }
            }
        }
    }
}
