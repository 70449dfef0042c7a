package dev.proxyherd.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends a request byte for byte, as an app or an attacker would, and reads the whole answer. */
public final class RawHttp {
    private static final int PATIENCE_MILLIS = 20_000;

    /**
     * An answer.
     *
     * @param head status line and headers
     */
    public record Answer(int status, String head, String body) {

        public String header(String name) {
            return head.lines().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse(null);
        }
    }

    private RawHttp() {
    }

    public static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return socket;
    }

    public static Answer get(int port, String target, String... headers) throws IOException {
        return send(port, "GET " + target + " HTTP/1.1\r\n" + lines(port, headers) + "\r\n");
    }

    public static Answer post(int port, String target, String body, String... headers) throws IOException {
        return post(port, target, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public static Answer post(int port, String target, byte[] body, String... headers) throws IOException {
        String head = "POST " + target + " HTTP/1.1\r\nContent-Length: " + body.length + "\r\n" + lines(port, headers)
                + "\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        request.writeBytes(body);
        return send(port, request.toByteArray());
    }

    private static String lines(int port, String... headers) {
        StringBuilder lines = new StringBuilder("Connection: close\r\n");
        boolean host = false;
        for (String header : headers) {
            lines.append(header).append("\r\n");
            host |= header.startsWith("Host:");
        }
        return host ? lines.toString() : lines.append("Host: 127.0.0.1:").append(port).append("\r\n").toString();
    }

    public static Answer send(int port, String request) throws IOException {
        return send(port, request.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer send(int port, byte[] request) throws IOException {
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(all);
            String text = all.toString(StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            return new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
        }
    }
}
