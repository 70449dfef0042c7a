package dev.proxyherd.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server that answers by a script, one connection like the other. */
public final class ScriptedServer implements AutoCloseable {
    /** What an IAMAT may be answered. */
    public static final String AT = "AT Alford +0.263873386 kiwi +34.068930-118.445127 1400794645.392014450\n";

    private final ServerSocket listener;
    private final Script script;
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    /** Tells the answer to a line, all of it; null closes the connection. May take its time. */
    public interface Script {
        String answer(String line);
    }

    public ScriptedServer(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** A server that finds nothing wrong. */
    public static ScriptedServer friendly() throws IOException {
        return new ScriptedServer(ScriptedServer::friendlyAnswer);
    }

    public static String friendlyAnswer(String line) {
        return line.startsWith("IAMAT") ? AT : AT + "{\n   \"results\" : []\n}\n\n";
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                var in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
                String answer = script.answer(line);
                if (answer == null) {
                    return;
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // The client has left.
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** What was asked so far. */
    public ConcurrentLinkedQueue<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
