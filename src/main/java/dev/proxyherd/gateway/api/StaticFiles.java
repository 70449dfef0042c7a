package dev.proxyherd.gateway.api;

import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The live map's files, from the program's own archive. They are read when first asked for and then kept, compressed too;
 * browsers keep them and ask by {@code ETag} whether they are still right.
 */
public final class StaticFiles {
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*\\.(html|css|js|json|svg|txt)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    private record File(byte[] plain, byte[] gzip, String tag, String type) {
    }

    private final Map<String, File> files = new ConcurrentHashMap<>();

    /** @throws Problem with status 404 if there is no file of that name */
    public Reply get(Request request, String name) {
        File file = NAME.matcher(name).matches() ? file(name) : null;
        if (file == null) {
            throw new Problem(404, "there is nothing at " + Parameters.shortened(request.path())
                    + "; /api/openapi.json describes what there is");
        }
        Reply reply = file.tag.equals(request.header("If-None-Match")) ? Reply.empty(304) : body(request, file);
        return reply.with("ETag", file.tag).with("Cache-Control", "no-cache").with("Vary", "Accept-Encoding")
                .with("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    }

    private static Reply body(Request request, File file) {
        String accepted = request.header("Accept-Encoding");
        if (accepted != null && accepted.matches("(?i).*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*")) {
            return Reply.ok(file.type, file.gzip).with("Content-Encoding", "gzip");
        }
        return Reply.ok(file.type, file.plain);
    }

    private @Nullable File file(String name) {
        File file = files.get(name);
        if (file == null) {
            file = read(name);
            if (file != null) {
                files.put(name, file);
            }
        }
        return file;
    }

    private static @Nullable File read(String name) {
        try (InputStream resource = StaticFiles.class.getResourceAsStream("static/" + name)) {
            if (resource == null) {
                return null;
            }
            byte[] plain = resource.readAllBytes();
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(plain);
            }
            String tag =
                    '"' + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain), 0, 12) + '"';
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            return new File(plain, compressed.toByteArray(), tag,
                    Objects.requireNonNull(type, "every ending that a name may have has a type"));
        } catch (IOException e) {
            throw new Problem(500, "the file " + name + " cannot be read: " + e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
