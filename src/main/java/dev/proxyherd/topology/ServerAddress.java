package dev.proxyherd.topology;

/**
 * Where a server listens.
 *
 * @param host a name or an address in digits; not resolved
 * @param port 1 to 65,535; 0 where a listener may choose any free port
 */
public record ServerAddress(String host, int port) {

    /** Whether the host is an address in digits, so that no name service is asked for it. */
    public boolean isLiteral() {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }
}
