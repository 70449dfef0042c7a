import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** From a report at one server to the answer of another that has it: java Delay.java PORT PORT TIMES. */
class Delay {
    public static void main(String[] args) throws Exception {
        try (Socket here = connect(args[0]); Socket there = connect(args[1])) {
            BufferedReader answers = reader(here);
            BufferedReader others = reader(there);
            int times = Integer.parseInt(args[2]);
            int warm = times / 5;
            long[] nanos = new long[times];
            for (int i = -warm; i < times; i++) {
                long time = 1_500_000_000L + warm + i;
                long start = System.nanoTime();
                send(here, "IAMAT delay +1+1 " + time + "\n");
                answers.readLine();
                String line;
                do {
                    send(there, "WHATSAT delay 1 0\n");
                    line = others.readLine();
                    boolean known = line.startsWith("AT ");
                    // The document ends with an empty line.
                    while (known && !others.readLine().isEmpty()) {
                    }
                } while (!line.endsWith(" " + time));
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - start;
                }
                Thread.sleep(5);
            }
            Arrays.sort(nanos);
            System.out.printf("p50 %.1f ms, p99 %.1f ms, of %d%n", nanos[times / 2] / 1e6,
                    nanos[times * 99 / 100] / 1e6, times);
        }
    }

    private static Socket connect(String port) throws IOException {
        Socket socket = new Socket("127.0.0.1", Integer.parseInt(port));
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
