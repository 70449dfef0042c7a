package dev.proxyherd.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends and reads bytes as they are; in strings each character is a byte (ISO 8859-1). */
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    public RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** @param receiveBytes how much the client's side of the connection buffers; 0 for the system's choice */
    public RawClient(int port, int receiveBytes) throws IOException {
        this(connect(port, receiveBytes));
    }

    /** Takes over a connection that is there already. */
    public RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Await.LIMIT.toMillis());
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    }

    private static Socket connect(int port, int receiveBytes) throws IOException {
        Socket socket = new Socket();
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends a line and reads one. */
    public String ask(String line) throws IOException {
        send(line + '\n');
        return readLine();
    }

    /** Sends a WHATSAT and reads the AT line and the document, both with their ends. */
    public String askForPlaces(String line) throws IOException {
        send(line + '\n');
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\n\n")) {
            answer.append(readLine()).append('\n');
        }
        return answer.toString();
    }

    /** Reads a line, without its LF. */
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server closed the connection after '" + line + "'");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads all that comes until the server closes. */
    public String readToEnd() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Says that no more will come, and reads all answers until the server closes. */
    public String finish() throws IOException {
        socket.shutdownOutput();
        return readToEnd();
    }

    /** Whether the server has closed the connection, in order or not; what it still sent is lost. */
    public boolean isClosedByServer() {
        try {
            socket.setSoTimeout(1);
            int next;
            do {
                next = in.read();
            } while (next >= 0);
            return true;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Ends the connection with a reset, as a client that crashes may. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
