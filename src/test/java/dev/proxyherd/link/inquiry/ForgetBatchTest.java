package dev.proxyherd.link.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.handshake.Ability;
import dev.proxyherd.link.handshake.Agreement;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.HelloValues;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are to be forgotten come in batches, each of which waits for the disk once. */
class ForgetBatchTest {
    private static final int CLIENTS = 200;

    @TempDir
    private Path dir;

    /** A server whose disk is looked at. */
    private static final class Disk implements Inquiries {
        private final Socket asking;
        private int unsettled;
        private int settled;
        private boolean toldBefore;

        Disk(Socket asking) {
            this.asking = asking;
        }

        @Override
        public String status(Cutoffs cutoffs) {
            return "";
        }

        @Override
        public String reload(boolean dry) {
            return "";
        }

        @Override
        public Location trace(String client) {
            throw new AssertionError("nobody asks that");
        }

        @Override
        public void clients(String pattern, IdSink to) {
        }

        @Override
        public Location forget(String client, long notBeforeNanos) {
            unsettled++;
            return RandomLocations.at("GONE Alford +0.000000001 " + client + " 8.000000000");
        }

        @Override
        public void settle() {
            try {
                toldBefore |= settled == 0 && asking.getInputStream().available() > 0;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            unsettled = 0;
            settled++;
        }
    }

    private Disk ask(String idEnd) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
                RawClient asking = new RawClient(socket);
                TrafficLog log = TrafficLog.open(dir.resolve("log"), 1L << 30, InstantSource.system(), "Alford",
                        warning -> {})) {
            for (int i = 0; i < CLIENTS; i++) {
                asking.send(LinkMessages.write(new LinkMessage.Forget("c" + i + idEnd, 7)));
            }
            socket.shutdownOutput();
            Disk disk = new Disk(socket);
            new InquirySession(LineConnection.over(new WatchedSocket(server.accept()), 8192),
                    new Agreement(LinkMessage.Role.CHANGE, "anybody", "00", LinkMessage.VERSION, Set.of(Ability.FORGET),
                            HelloValues.NONE),
                    disk, log.batch("anybody")).run();
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(asking.readLine()).contains(" c" + i + idEnd + ' ');
            }
            return disk;
        }
    }

    @Test
    void isAnsweredWholeOnceAllOfItIsSafe() throws IOException {
        Disk disk = ask("");
        assertThat(disk.settled).isEqualTo(1);
        assertThat(disk.unsettled).isZero();
        assertThat(disk.toldBefore).isFalse();
    }

    /** More answers than are gathered leave in parts. */
    @Test
    void isToldOfNothingThatIsNotSafeThoughItIsLarge() throws IOException {
        Disk disk = ask("x".repeat(100));
        assertThat(disk.settled).isBetween(2, 10);
        assertThat(disk.unsettled).isZero();
        assertThat(disk.toldBefore).isFalse();
    }
}
