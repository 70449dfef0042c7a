package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.SystemCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Packets that tshark captures in a network while this is open, and that can be looked at afterwards. */
final class Captured implements AutoCloseable {
    private static final String PORT = "12000";

    /** Of the packets to or from that port; what each connection begins with is among them. */
    private static final String MOST_LOOKED_AT = "20000";

    private static final int RECORD_HEADER = 5;

    private final Path file;
    private final HerdProcess capture;

    private Captured(Path file, HerdProcess capture) {
        this.file = file;
        this.capture = capture;
    }

    /** Begins; the test is skipped where there is no tshark. */
    static Captured in(String space, Path dir) throws IOException {
        assumeTrue(SystemCommand.run("tshark", "--version"), "tshark is not here, so nothing can be captured");
        Path file = dir.resolve("captured");
        HerdProcess capture = HerdProcess.startScript(dir, Map.of(),
                "exec ip netns exec " + space + " tshark -q -i any -w " + file);
        Await.until("the capture has begun", () -> Files.exists(file) && Files.size(file) > 0);
        return new Captured(file, capture);
    }

    /** Ends it in order, so that all is in the file. Harmless when repeated. */
    @Override
    public void close() throws IOException {
        if (capture.isAlive()) {
            capture.signal("TERM");
            capture.exitCode();
        }
    }

    long bytes() throws IOException {
        return Files.size(file);
    }

    boolean contains(String text) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    }

    /** Whether what each end of each connection on the servers' port has sent is nothing but records of TLS (RFC 8446, 5.1). */
    boolean isSealed() throws IOException {
        Map<String, SortedMap<Long, byte[]>> sent = new HashMap<>();
        Process read = new ProcessBuilder("tshark", "-r", file.toString(), "-c", MOST_LOOKED_AT, "-Y",
                "tcp.port==" + PORT + " && tcp.len>0", "-T", "fields", "-e", "tcp.stream", "-e", "tcp.srcport", "-e",
                "tcp.seq", "-e", "tcp.payload").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        read.inputReader().lines().forEach(line -> {
            String[] fields = line.split("\t");
            sent.computeIfAbsent(fields[0] + ' ' + fields[1], one -> new TreeMap<>())
                    .putIfAbsent(Long.valueOf(fields[2]), HexFormat.of().parseHex(fields[3].replace(":", "")));
        });
        assertThat(sent).as("what was captured of both ends").hasSizeGreaterThan(1);
        return sent.values().stream().map(Captured::beginning).allMatch(Captured::isSealed);
    }

    /** What was sent without a gap: a busy machine may miss some packets. Some are captured more than once. */
    private static byte[] beginning(SortedMap<Long, byte[]> segments) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Map.Entry<Long, byte[]> segment : segments.entrySet()) {
            long known = 1 + all.size() - segment.getKey();
            if (known < 0) {
                break;
            }
            if (known < segment.getValue().length) {
                all.write(segment.getValue(), (int) known, segment.getValue().length - (int) known);
            }
        }
        return all.toByteArray();
    }

    private static boolean isSealed(byte[] sent) {
        int at = 0;
        while (at + RECORD_HEADER <= sent.length) {
            boolean handshakeAlertOrData = sent[at] >= 20 && sent[at] <= 23;
            if (!handshakeAlertOrData || sent[at + 1] != 3) {
                return false;
            }
            at += RECORD_HEADER + ((sent[at + 3] & 0xFF) << 8) + (sent[at + 4] & 0xFF);
        }
        return true;
    }
}
