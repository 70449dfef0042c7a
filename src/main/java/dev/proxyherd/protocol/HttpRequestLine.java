package dev.proxyherd.protocol;

/**
 * Tells a request of HTTP from commands. Any web page can make its visitor's browser send one to this port, and what
 * follows the first line, headers and body, is then the page's to choose: so the first line must be the last.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#name-request-line">RFC 9112, request line</a>
 */
public final class HttpRequestLine {
    private static final byte[] VERSION = Ascii.bytes("HTTP/1.");

    private HttpRequestLine() {
    }

    /**
     * Whether the line at {@code [from, to)}, without its LF, ends in the version of an HTTP request line, as no command
     * does; white space after that does not count.
     */
    public static boolean is(byte[] line, int from, int to) {
        int end = to;
        while (end > from && Ascii.isSpace(line[end - 1])) {
            end--;
        }
        int version = end - VERSION.length - 1;
        return version > from
                && Ascii.isSpace(line[version - 1])
                && Ascii.matches(line, version, end - 1, VERSION)
                && (line[end - 1] == '0' || line[end - 1] == '1');
    }
}
