package dev.proxyherd.rights;

/**
 * What somebody may do. Immutable.
 *
 * @param name whose they are, for logs; empty where nobody has a name
 * @param report which clients' reports are taken
 * @param see which clients are told of
 * @param admin whether everything may be done: all clients reported, seen and forgotten, and how the herd is
 */
public record Rights(String name, ClientPatterns report, ClientPatterns see, boolean admin) {
    /** Where nothing is asked for, or the token for everything was shown. */
    public static final Rights ALL = new Rights("", ClientPatterns.ALL, ClientPatterns.ALL, true);

    /** Nothing at all. */
    public static final Rights NONE = new Rights("", ClientPatterns.NONE, ClientPatterns.NONE, false);

    /** Whether a report of this client is to be taken. */
    public boolean mayReport(String client) {
        return admin || report.match(client);
    }

    /** Whether this client may be told of. For whoever may not see it, it is as if it did not exist. */
    public boolean maySee(String client) {
        return admin || see.match(client);
    }

    /** Whether every client may be seen: then counts, and how the herd is, tell nothing more. */
    public boolean seesAll() {
        return admin || see.isAll();
    }
}
