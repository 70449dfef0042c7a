package dev.proxyherd.protocol;

/**
 * The fields of a location's AT line as they stand there, digit for digit; the client's ID is the location's.
 *
 * @param server the name of the server that heard the client
 * @param skew that server's clock less the client's time, in seconds with a sign
 * @param latitude degrees with a sign
 * @param longitude degrees with a sign
 * @param time the client's, POSIX seconds
 */
public record AtFields(String server, String skew, String latitude, String longitude, String time) {
}
