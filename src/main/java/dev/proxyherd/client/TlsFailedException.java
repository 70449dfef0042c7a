package dev.proxyherd.client;

import java.io.IOException;

/** Somebody accepts at the address, but TLS with it failed; the message begins with the address. */
public final class TlsFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    TlsFailedException(String address, IOException cause) {
        super(address + ": " + cause.getMessage(), cause);
    }
}
