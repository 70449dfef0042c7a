package dev.proxyherd.gateway.access;

import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Permission;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Request;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns away who must not come in.
 *
 * <p>A page elsewhere could reach this port through a visitor's browser in two ways. It could have its own name resolve to
 * this machine: so {@code Host} must be {@code localhost}, an address in digits, or a name that this port was told to be its
 * own. Or it could send requests across: so {@code Origin} must be this port's or one that was named; and by
 * {@code Sec-Fetch-Site} (<a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata</a>) another site's page may
 * only link here, and must not even do that where something is written: what it embeds it could not read, but streams
 * take places and lookups cost. Where browsers do not send that (plain HTTP to another machine), what writes must not
 * come from a browser at all but one that names this port in {@code Referer}. On loopback they do send it, so there what
 * calls itself a browser and sends none of these headers is a script.
 */
public final class Guard {
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+(%25?\\w+)?]");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    /** What a browser sends, or a proxy on this machine that passes on what a browser elsewhere has sent. */
    private static final List<String> OF_NO_LOCAL_SCRIPT =
            List.of("Origin", "Referer", "Sec-Fetch-Site", "Sec-Fetch-Mode",
                    "Sec-Fetch-Dest", "Sec-Fetch-User", "Forwarded", "X-Forwarded-For", "Via");
    private static final int MAX_PORT_DIGITS = 5;

    private final ShownTokens tokens;
    private final Set<String> hosts = new TreeSet<>();
    private final Set<String> origins;

    /** @param ownHost where the port listens */
    public Guard(AccessRules rules, String ownHost) {
        this.tokens = new ShownTokens(rules.token(), rules.tokens());
        this.origins = Set.copyOf(rules.origins());
        hosts.add("localhost");
        hosts.add(ownHost.toLowerCase(Locale.ROOT));
        rules.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    }

    /**
     * What whoever asks may do.
     *
     * @throws Problem if the request must not be served
     */
    public Permission check(Request request, boolean writes, boolean needsToken) {
        String host = checkedHost(request.headers("Host"));
        String origin = request.header("Origin");
        if (origin != null && !isOwn(origin, host) && !origins.contains(origin)) {
            throw new Problem(403, "requests from pages of " + Parameters.shortened(origin)
                    + " are not served; --http-origin would allow them");
        }
        if (origin == null) {
            checkSite(request, host, writes);
        }
        String shown = request.header("Authorization");
        Permission permission = needsToken ? tokens.permission(shown) : Permission.NONE;
        if (permission == null) {
            throw new Problem(401, ShownTokens.shown(shown) == null
                    ? "a token is needed: Authorization: Bearer TOKEN, or the token as the password of basic "
                            + "authentication"
                    : "this token lets do nothing here: it is wrong, or has been removed");
        }
        return permission;
    }

    /** The origin to allow in a CORS answer, or null. */
    @Nullable
    public String allowedOrigin(Request request) {
        String origin = request.header("Origin");
        return origin != null && origins.contains(origin) ? origin : null;
    }

    /** The one host that the request names, which is this port's. */
    private String checkedHost(List<String> sent) {
        if (sent.size() != 1) {
            throw Problem.bad(sent.isEmpty() ? "the Host header is missing" : "there is more than one Host header");
        }
        String host = sent.getFirst();
        String name = name(host);
        if (!hosts.contains(name) && !ADDRESS.matcher(name).matches()) {
            throw new Problem(403, "this port does not serve the host '" + Parameters.shortened(host)
                    + "'; --http-host would allow it");
        }
        return host;
    }

    private static void checkSite(Request request, String host, boolean writes) {
        String site = request.header("Sec-Fetch-Site");
        if (site != null) {
            boolean links = !writes && "document".equals(request.header("Sec-Fetch-Dest"));
            if (!site.equals("same-origin") && !site.equals("none") && !links) {
                throw new Problem(403, writes ? "a page elsewhere must not report or forget clients"
                        : "a page elsewhere may link here, and do nothing else");
            }
            return;
        }
        String agent = request.header("User-Agent");
        if (writes && agent != null && agent.startsWith("Mozilla/")
                && !isOwn(request.header("Referer"), host)
                && !isLocalScript(request, host)) {
            throw new Problem(403, "a browser may report or forget clients only from this port's own pages");
        }
    }

    /** Whether it comes from this machine and is for it by its name, and has nothing that a browser or proxy would add. */
    private static boolean isLocalScript(Request request, String host) {
        return OF_NO_LOCAL_SCRIPT.stream().allMatch(name -> request.header(name) == null)
                && request.peerAddress().getAddress().isLoopbackAddress()
                && LOOPBACK.matcher(name(host)).matches();
    }

    /** A host without its port. */
    private static String name(String host) {
        int end = host.length();
        while (end > 0 && host.charAt(end - 1) >= '0' && host.charAt(end - 1) <= '9') {
            end--;
        }
        int digits = host.length() - end;
        boolean port = digits >= 1 && digits <= MAX_PORT_DIGITS && end > 0 && host.charAt(end - 1) == ':';
        return (port ? host.substring(0, end - 1) : host).toLowerCase(Locale.ROOT);
    }

    /** Whether a URL begins with this port's own origin, under the name that the request used. */
    private static boolean isOwn(@Nullable String url, String host) {
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
}
