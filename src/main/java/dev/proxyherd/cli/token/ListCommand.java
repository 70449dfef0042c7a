package dev.proxyherd.cli.token;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.Terminal;
import dev.proxyherd.io.LiveFile;
import dev.proxyherd.rights.ClientPatterns;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.rights.Token;
import dev.proxyherd.rights.TokenFile;
import dev.proxyherd.rights.Tokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code herd token list}: who may do what. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "List the tokens of the file and what each lets do, one a line. Tokens and hashes are not shown.",
        footerHeading = "%nExamples:%n",
        footer = "  herd token list --tokens tokens.json")
public final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TokensOption tokens;

    @Override
    public Integer call() throws CliException {
        PrintWriter out = spec.commandLine().getOut();
        read(tokens.file()).all().forEach(token -> out.println(Terminal.escaped(line(token))));
        return 0;
    }

    private static Tokens read(Path file) throws CliException {
        try {
            return TokenFile.parse(file, LiveFile.content(file, TokenFile.MAX_BYTES));
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    private static String line(Token token) {
        Rights rights = token.rights();
        StringJoiner line = new StringJoiner("  ");
        line.add(String.format("%-16s", token.name()));
        if (rights.admin()) {
            line.add("admin");
        }
        add(line, "report", rights.report());
        add(line, "see", rights.see());
        if (token.title() != null) {
            line.add("title " + token.title());
        }
        return line.toString().stripTrailing();
    }

    private static void add(StringJoiner line, String what, ClientPatterns patterns) {
        if (!patterns.texts().isEmpty()) {
            String text = what + ' ' + patterns;
            line.add(new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        }
    }
}
