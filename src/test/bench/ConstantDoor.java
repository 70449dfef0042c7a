import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * The JDK's HTTP server on virtual threads, which answers any request with as many bytes as the herd does, and does nothing
 * else: what a herd's HTTP port could reach. {@code java ConstantDoor.java PORT}
 */
class ConstantDoor {
    private static final String[] HEADERS = {"X-Content-Type-Options", "nosniff", "Referrer-Policy", "same-origin",
        "Cross-Origin-Resource-Policy", "same-origin", "Cross-Origin-Opener-Policy", "same-origin",
        "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'", "Cache-Control", "no-store",
        "Vary", "Origin"};

    /** As long as twenty clients. */
    private static final byte[] NEARBY = " ".repeat(6_500).getBytes(StandardCharsets.US_ASCII);

    public static void main(String[] args) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 4096);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/owntracks", exchange -> answer(exchange, "application/json", new byte[] {'[', ']'}));
        server.createContext("/api/nearby", exchange -> answer(exchange, "application/geo+json", NEARBY));
        server.createContext("/", exchange -> answer(exchange, "text/plain; charset=utf-8", new byte[0]));
        server.start();
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            for (int i = 0; i < HEADERS.length; i += 2) {
                exchange.getResponseHeaders().set(HEADERS[i], HEADERS[i + 1]);
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
