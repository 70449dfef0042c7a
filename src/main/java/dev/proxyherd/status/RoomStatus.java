package dev.proxyherd.status;

/**
 * How full a server is.
 *
 * @param maxClients how many clients there is room for, by their weight
 * @param full whether there is no room, or has been none and is little again
 * @param lacking of the clients that a neighbour knows, how many a full server lacks: the most that any one tells; else 0
 * @param refusedReports how many locations that clients reported were refused for want of room since the server started
 * @param refusedTaught likewise, how many that neighbours taught
 * @param refusedReplayed likewise, how many that its journal held
 */
public record RoomStatus(
        int maxClients, boolean full, long lacking, long refusedReports, long refusedTaught, long refusedReplayed) {
}
