package dev.proxyherd.cli.fence;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.SecretOption;
import dev.proxyherd.fences.hooks.HookKey;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code herd fences secret}: what receivers of webhooks check signatures with. */
@Command(
        name = "secret",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show what messages to webhooks are signed with where servers are given no --webhook-secret: it comes from the "
                + "herd's secret, so it is the same at all servers. Receivers check signatures with it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd fences secret",
            "  herd fences secret --state-dir state"})
final class FencesSecretCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SecretOption secret;

    @Override
    public Integer call() throws CliException {
        spec.commandLine().getOut().println(new HookKey(secret.givenOrFound().derive(HookKey.LABEL)).text());
        return 0;
    }
}
