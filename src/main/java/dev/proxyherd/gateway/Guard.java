package dev.proxyherd.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Turns away who must not come in.
 *
 * <p>A page elsewhere could reach this port through a visitor's browser in two ways. It could have its own name resolve to
 * this machine: so {@code Host} must be {@code localhost}, an address in digits, or a name that this port was told to be its
 * own. Or it could send requests across: so {@code Origin} must be this port's or one that was named, and what writes must
 * not come from another site's page by {@code Sec-Fetch-Site}
 * (<a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata</a>), or, where browsers do not send that (plain HTTP
 * to another machine), not from a browser at all but one that names this port in {@code Referer}.
 */
final class Guard {
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+(%25?\\w+)?]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private final byte[] tokenDigest;
    private final Set<String> hosts = new TreeSet<>();
    private final Set<String> origins;

    Guard(GatewaySettings settings) {
        this.tokenDigest = settings.token() == null ? null : digest(settings.token().getBytes(StandardCharsets.UTF_8));
        this.origins = Set.copyOf(settings.origins());
        hosts.add("localhost");
        hosts.add(settings.listen().host().toLowerCase(Locale.ROOT));
        settings.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    }

    /** @throws Problem if the request must not be served */
    void check(Request request, boolean writes, boolean needsToken) {
        checkHost(request.header("Host"));
        String origin = request.header("Origin");
        if (origin != null && !isOwn(origin, request.header("Host")) && !origins.contains(origin)) {
            throw new Problem(403, "requests from pages of " + Parameters.shortened(origin)
                    + " are not served; --http-origin would allow them");
        }
        if (writes && origin == null) {
            checkSite(request);
        }
        if (needsToken && tokenDigest != null && !isAuthorized(request.header("Authorization"))) {
            throw new Problem(401, "a token is needed: Authorization: Bearer TOKEN, or the token as the password of basic "
                    + "authentication");
        }
    }

    /** The origin to allow in a CORS answer, or null. */
    String allowedOrigin(Request request) {
        String origin = request.header("Origin");
        return origin != null && origins.contains(origin) ? origin : null;
    }

    private void checkHost(String host) {
        if (host == null) {
            throw Problem.bad("the Host header is missing");
        }
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        if (!ADDRESS.matcher(name).matches() && !hosts.contains(name)) {
            throw new Problem(403, "this port does not serve the host '" + Parameters.shortened(host)
                    + "'; --http-host would allow it");
        }
    }

    private static void checkSite(Request request) {
        String site = request.header("Sec-Fetch-Site");
        if (site != null) {
            if (!site.equals("same-origin") && !site.equals("none")) {
                throw new Problem(403, "a page elsewhere must not report locations");
            }
            return;
        }
        String agent = request.header("User-Agent");
        if (agent != null && agent.startsWith("Mozilla/") && !isOwn(request.header("Referer"), request.header("Host"))) {
            throw new Problem(403, "a browser may report locations only from this port's own pages");
        }
    }

    /** Whether a URL begins with this port's own origin, under the name that the request used. */
    private static boolean isOwn(String url, String host) {
        if (url == null) {
            return false;
        }
        String lower = url.toLowerCase(Locale.ROOT);
        for (String scheme : new String[] {"http://", "https://"}) {
            String own = scheme + host.toLowerCase(Locale.ROOT);
            if (lower.equals(own) || lower.startsWith(own + '/')) {
                return true;
            }
        }
        return false;
    }

    private boolean isAuthorized(String header) {
        String[] words = header == null ? new String[0] : header.strip().split(" +", 2);
        if (words.length < 2) {
            return false;
        }
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> matches(words[1]);
            case "basic" -> matches(password(words[1]));
            default -> false;
        };
    }

    /** The user of basic authentication (RFC 7617), a character for each byte; or null. */
    static String user(Request request) {
        String header = request.header("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return null;
        }
        String pair = decoded(header.substring("basic ".length()).strip());
        int colon = pair.indexOf(':');
        return colon <= 0 ? null : pair.substring(0, colon);
    }

    private static String password(String basic) {
        String pair = decoded(basic);
        return pair.substring(pair.indexOf(':') + 1);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    /** Compares digests, of one length whatever was sent, in constant time. */
    private boolean matches(String token) {
        return MessageDigest.isEqual(digest(token.getBytes(StandardCharsets.ISO_8859_1)), tokenDigest);
    }

    private static byte[] digest(byte[] token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
