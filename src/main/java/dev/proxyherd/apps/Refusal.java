package dev.proxyherd.apps;

import java.util.Locale;

/** Why a report of an app was not taken in: what the log and the metrics tell apart. */
public enum Refusal {
    /** No JSON, a field that is missing, a number that is none, a position or time out of range. */
    MALFORMED,
    /** Nothing in it says where a device is. */
    NO_LOCATION,
    /** Neither an OwnTracks payload, for it has no {@code _type}, nor by its fields a location. */
    NO_TYPE,
    /** A {@code _type} that OwnTracks does not have. */
    UNKNOWN_TYPE,
    /** Encrypted by the app, with a key that the herd does not have. */
    ENCRYPTED,
    /** A place, but not where the device was at the time that stands beside it. */
    NOT_A_FIX,
    /** Marked by the sender as no valid fix. */
    INVALID_FIX,
    /** Exactly 0, 0: what trackers send that have no fix. */
    NULL_ISLAND,
    /** What another endpoint takes. */
    WRONG_ENDPOINT,
    /** Of a device that the token may not report. */
    NOT_PERMITTED,
    /** A time too far ahead of the server's clock. */
    TOO_FAR_AHEAD,
    /** A new client, where as many are known as may be. */
    TOO_MANY_CLIENTS;

    /** How metrics and log write it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
