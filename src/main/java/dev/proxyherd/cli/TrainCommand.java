package dev.proxyherd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Hidden: does what a server does in its first second, so that bin/herd can archive the classes that this loads. */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    @Override
    public Integer call() throws CliException {
        return 0;
    }
}
