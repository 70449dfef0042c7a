package dev.proxyherd.io;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Connects to one of the addresses that a host's name stands for: all of them are tried in turn, so that one which is out
 * of order, or of a family that leads nowhere from here, costs some time and not the connection.
 */
public final class HostDial {
    /** Of a name with more addresses than this, so many are tried. */
    private static final int MAX_ADDRESSES = 8;

    /** The least time for each of several addresses, where the limit is not shorter itself. */
    private static final Duration LEAST_SHARE = Duration.ofMillis(500);

    private HostDial() {
    }

    /** Looks up what addresses a name stands for. */
    @FunctionalInterface
    public interface Names {
        /** The system's name service. */
        Names SYSTEM = host -> List.of(InetAddress.getAllByName(host));

        /** @return one or more, those to try first in front */
        List<InetAddress> of(String host) throws UnknownHostException;
    }

    /**
     * A connection that has come about.
     *
     * @param failures why the addresses that were tried before did not accept, in words; empty when there were none
     */
    public record Dialled(Socket socket, String failures) {
    }

    /**
     * Tries the addresses in turn until one accepts.
     *
     * @param host what was looked up; messages name the addresses that it does not say already
     * @param limit for all of them together, shared out evenly; each has half a second where the limit is that long
     * @throws IOException if none accepts; the message names each with its reason
     */
    public static Dialled dial(String host, List<InetAddress> addresses, int port, Duration limit) throws IOException {
        List<InetAddress> tried = addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES));
        long limitMillis = Math.min(limit.toMillis(), Integer.MAX_VALUE);
        long deadline = System.nanoTime() + limitMillis * 1_000_000;
        List<String> failures = new ArrayList<>();
        IOException last = null;
        for (int i = 0; i < tried.size(); i++) {
            long share = (deadline - System.nanoTime()) / 1_000_000 / (tried.size() - i);
            try {
                Socket socket =
                        dial(tried.get(i), port, Math.min(Math.max(share, LEAST_SHARE.toMillis()), limitMillis));
                return new Dialled(socket, String.join(", ", failures));
            } catch (IOException e) {
                last = e;
                failures.add(text(tried.get(i)) + ": " + e.getMessage());
            }
        }
        if (tried.size() == 1 && tried.getFirst().getHostAddress().equals(host)) {
            throw last;
        }
        throw new IOException(String.join(", ", failures), last);
    }

    private static Socket dial(InetAddress address, int port, long millis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, port), (int) Math.max(millis, 1));
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** An address in digits, one of IPv6 in brackets. */
    public static String text(InetAddress address) {
        String digits = address.getHostAddress();
        return digits.indexOf(':') >= 0 ? '[' + digits + ']' : digits;
    }
}
