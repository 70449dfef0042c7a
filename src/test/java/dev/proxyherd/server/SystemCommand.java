package dev.proxyherd.server;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A command of the system that sets something up for a test, or takes it down. */
public final class SystemCommand {
    private SystemCommand() {
    }

    /** Runs a command, for ten seconds at most; false when it failed or is not here. */
    public static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
