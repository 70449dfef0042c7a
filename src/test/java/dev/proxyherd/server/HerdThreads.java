package dev.proxyherd.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The threads of all servers in this process, virtual ones included. */
public final class HerdThreads {
    private static final Pattern OURS =
            Pattern.compile(
                    "\"name\":\\s*\"((?:client-|link-|log-|journal-|lookup-|accept|sweeper|expiry|http-|feed|HTTP-)[^\"]*)\"");

    private HerdThreads() {
    }

    /** The names of those that live now, found out by way of a file in this folder. */
    public static List<String> names(Path dir) throws IOException {
        Path dump = Files.createTempDirectory(dir, "dump").resolve("threads.json");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toAbsolutePath().toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
        Matcher matcher = OURS.matcher(Files.readString(dump));
        List<String> names = new ArrayList<>();
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
