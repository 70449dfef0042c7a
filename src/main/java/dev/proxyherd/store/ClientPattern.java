package dev.proxyherd.store;

/**
 * Which clients are meant: {@code *} stands for any bytes, also none, {@code ?} for one byte, all else for itself.
 *
 * @param text the pattern, a character for each byte
 */
public record ClientPattern(String text) {

    /** Whether the whole ID is as the pattern says; takes no longer than the product of their lengths. */
    public boolean matches(String client) {
        int at = 0;
        int id = 0;
        int star = -1;
        int starId = 0;
        while (id < client.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                starId = id;
            } else if (at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == client.charAt(id))) {
                at++;
                id++;
            } else if (star >= 0) {
                // The last star takes one byte more; what earlier ones take need not change.
                at = star + 1;
                id = ++starId;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }
}
