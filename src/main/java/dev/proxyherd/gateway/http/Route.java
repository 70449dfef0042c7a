package dev.proxyherd.gateway.http;

import java.time.Duration;
import java.util.List;

/**
 * What is served at a path.
 *
 * @param path the path, as {@code /api/herd}, or with a name in braces, as {@code /api/clients/{id}/places}, where there
 *     may be anything, slashes too. A path that takes reports may have a slash at its end: apps write one between what
 *     somebody typed and their query, or do not
 * @param methods those that it takes; HEAD where GET only asks
 * @param cost how long a request may take
 * @param needs what whoever asks must show
 */
public record Route(String path, List<String> methods, Cost cost, Needs needs, Handler handler) {

    /** How long a request may be handled, and its answer written. */
    public enum Cost {
        PLAIN(HttpLimits.HANDLE),
        /** The provider of places is asked, which may take longer than anything else. */
        LOOKUP(HttpLimits.LOOK_UP),
        /** The answer goes on for as long as the subscriber wants; the limit is that of each write. */
        STREAM(HttpLimits.EVENT_WRITE);

        private final Duration limit;

        Cost(Duration limit) {
            this.limit = limit;
        }

        public Duration limit() {
            return limit;
        }
    }

    /** What whoever asks must show. */
    public enum Needs {
        NOTHING,
        /** The token, if the port has one. */
        TOKEN,
        /** The token, and that no page elsewhere asks, for a request changes something, a GET too. */
        TOKEN_TO_WRITE
    }

    /** Whether this is the route of a path. */
    boolean fits(String asked) {
        int part = path.indexOf('{');
        if (part < 0) {
            return asked.equals(path) || (takesReports() && asked.length() == path.length() + 1
                    && asked.startsWith(path) && asked.endsWith("/"));
        }
        return asked.length() >= part + tail().length() && asked.startsWith(path.substring(0, part))
                && asked.endsWith(tail());
    }

    /** What of such a path stands where this one has a name in braces; else empty. */
    String part(String asked) {
        int part = path.indexOf('{');
        return part < 0 ? "" : asked.substring(part, asked.length() - tail().length());
    }

    /** Such a path without the slash that may stand at its end. */
    String normal(String asked) {
        return takesReports() ? path : asked;
    }

    private String tail() {
        return path.substring(path.indexOf('}') + 1);
    }

    private boolean takesReports() {
        return needs == Needs.TOKEN_TO_WRITE;
    }

    boolean needsToken() {
        return needs != Needs.NOTHING;
    }

    /** Whether a request with this method changes something: any that does not only ask does, taken here or not. */
    boolean writes(String method) {
        boolean asks = method.equals("GET") || method.equals("HEAD");
        return !asks || (takesReports() && methods.contains("GET"));
    }
}
