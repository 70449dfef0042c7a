package dev.proxyherd.server.process;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import org.junit.jupiter.api.Test;

class WarningsTest {
    @Test
    void anOutputThatNobodyReadsHoldsUpNobody() throws IOException {
        try (PipedWriter out = new PipedWriter(); PipedReader unread = new PipedReader(out, 1)) {
            Warnings warnings = new Warnings(new PrintWriter(out, true));
            for (int i = 0; i < 10_000; i++) {
                warnings.add("Alford", "the disk is on fire");
            }
            Await.until("the first has come", unread::ready);
        }
    }
}
