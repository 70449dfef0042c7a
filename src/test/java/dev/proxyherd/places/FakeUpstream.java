package dev.proxyherd.places;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An HTTP server on raw sockets that plays what it is told, good manners or bad; a virtual thread for each connection. */
public final class FakeUpstream implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket listener;
    private final Queue<Play> next = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore abandoned = new Semaphore(0);
    private final Semaphore begun = new Semaphore(0);
    private volatile Play always;

    /** A request as it came: its first line, its headers, its body. */
    public record Request(String line, String head, String body) {
        public String header(String name) {
            return head.lines().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse(null);
        }
    }

    /** What to do with a request; the connection is closed after false. */
    public interface Play {
        boolean play(Request request, Socket socket) throws IOException;
    }

    /** The other side left before it had an answer. */
    private static final class Abandoned extends IOException {
    }

    public FakeUpstream(Play always) throws IOException {
        this.always = always;
        this.listener = new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    /** Plays these once, in order, before what it always plays. */
    public FakeUpstream first(Play... plays) {
        next.addAll(List.of(plays));
        return this;
    }

    public void always(Play play) {
        always = play;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Waits until so many requests that were left hanging have lost their connection. */
    public boolean sawAbandoned(int many) throws InterruptedException {
        return abandoned.tryAcquire(many, 5, TimeUnit.SECONDS);
    }

    /** Waits until so many requests have come since the last time. */
    public boolean sawRequests(int many) throws InterruptedException {
        return begun.tryAcquire(many, 5, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    public static Play ok(String body) {
        return status(200, "", body);
    }

    /** An answer with extra header lines, each ended by CR LF. */
    public static Play status(int code, String headers, String body) {
        return raw(code, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer whose body is these bytes, be they text or none. */
    public static Play raw(int code, String headers, byte[] bytes) {
        return (request, socket) -> {
            write(socket, "HTTP/1.1 " + code + " X\r\n" + headers + "Content-Length: " + bytes.length + "\r\n\r\n");
            socket.getOutputStream().write(bytes);
            return true;
        };
    }

    /** Another play, so much later. */
    public static Play after(Duration time, Play play) {
        return (request, socket) -> quiet(socket, (int) time.toMillis()) && play.play(request, socket);
    }

    /** Part of an answer as it stands, then the end of the stream. */
    public static Play cutOff(String part) {
        return (request, socket) -> {
            write(socket, part);
            return false;
        };
    }

    /** Part of an answer, then a reset. */
    public static Play reset(String part) {
        return (request, socket) -> {
            write(socket, part);
            socket.setSoLinger(true, 0);
            return false;
        };
    }

    /** Part of an answer, then nothing until the other side gives up. */
    public static Play hang(String part) {
        return drip(part, "");
    }

    /** Part of an answer, then one character of another every few milliseconds, again and again until the other side gives up. */
    public static Play drip(String part, String drops) {
        return (request, socket) -> {
            try {
                write(socket, part);
                for (int i = 0; quiet(socket, 10); i++) {
                    if (!drops.isEmpty()) {
                        write(socket, drops.substring(i % drops.length(), i % drops.length() + 1));
                    }
                }
            } catch (IOException gone) {
                throw new Abandoned();
            }
            throw new Abandoned();
        };
    }

    /** Lets some time pass; false if the other side leaves meanwhile. */
    private static boolean quiet(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException stillThere) {
            socket.setSoTimeout(0);
            return true;
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket; OutputStream out = socket.getOutputStream()) {
            InputStream in = socket.getInputStream();
            boolean open = true;
            while (open) {
                Request request = read(in);
                if (request == null) {
                    return;
                }
                requests.add(request);
                // Taken before anybody hears of this request, lest the next one gets its play.
                Play scripted = next.poll();
                Play play = scripted == null ? always : scripted;
                begun.release();
                open = play.play(request, socket);
                out.flush();
            }
        } catch (Abandoned gone) {
            abandoned.release();
        } catch (IOException gone) {
            // The other side left; tests look at what it got.
        }
    }

    private static Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return null;
            } else if (b == TLS_HANDSHAKE) {
                return new Request("TLS", "", "");
            }
            head.write(b);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Request request = new Request(text.lines().findFirst().orElse(""), text, "");
        String length = request.header("Content-Length");
        byte[] body = length == null ? new byte[0] : in.readNBytes(Integer.parseInt(length));
        return new Request(request.line, text, new String(body, StandardCharsets.UTF_8));
    }
}
