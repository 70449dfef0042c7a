package dev.proxyherd.cli.fence;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.OptionDefaults;
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
                + "herd's secret, so it is the same at all servers. Receivers check signatures with it. A warning tells where the "
                + "variable HERD_WEBHOOK_SECRET is set, which servers that have it sign with instead.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd fences secret",
            "  herd fences secret --state-dir state"})
final class FencesSecretCommand implements Callable<Integer> {
    private static final String OVERRULING = "HERD_WEBHOOK_SECRET";

    @Spec
    private CommandSpec spec;

    @Mixin
    private SecretOption secret;

    @Override
    public Integer call() throws CliException {
        OptionDefaults defaults = (OptionDefaults) spec.root().commandLine().getDefaultValueProvider();
        if (defaults.environment().containsKey(OVERRULING)) {
            spec.commandLine().getErr().println("herd: warning: " + OVERRULING
                    + " is set here: servers that have it sign with that, and not with this");
        }
        spec.commandLine().getOut().println(new HookKey(secret.givenOrFound().derive(HookKey.LABEL)).text());
        return 0;
    }
}
