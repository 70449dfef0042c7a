package dev.proxyherd.tracks;

import java.io.IOException;

/** A track file that cannot be used; the message names the file, the place and the fault. */
public final class TrackException extends IOException {
    private static final long serialVersionUID = 1L;

    public TrackException(String message) {
        super(message);
    }
}
