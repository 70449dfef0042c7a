package dev.proxyherd.server.survey;

import java.io.IOException;

/** A server was asked to have clients forgotten, and may have written that of some: it is no error to ask again. */
public final class PartlyForgottenException extends IOException {
    private static final long serialVersionUID = 1L;

    public PartlyForgottenException(String reason) {
        super(reason);
    }
}
