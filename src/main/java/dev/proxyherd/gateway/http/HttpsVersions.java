package dev.proxyherd.gateway.http;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Says which versions of TLS an HTTPS port speaks, whatever the JDK's own choice is: 1.3, and 1.2 for phones before Android 10
 * and iOS 12.2. Nothing here needs what only 1.3 can, to close one direction alone.
 */
final class HttpsVersions extends HttpsConfigurator {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    HttpsVersions(SSLContext context) {
        super(context);
    }

    @Override
    public void configure(HttpsParameters connection) {
        SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
        parameters.setProtocols(VERSIONS);
        connection.setSSLParameters(parameters);
    }
}
