package dev.proxyherd.server.process;

/** How many clients the servers of a process may know, so that its heap holds them. */
public final class ClientCapacity {
    /**
     * More than twice what one takes in the store: links and the collector need their room, too. What links keep that the store
     * has replaced is 25 of these bytes: one location, of some 200, for every eighth client.
     */
    private static final int BYTES_OF_CLIENT = 640;

    /** What one takes besides where there is an HTTP port, whose index and subscribers need to find it. */
    private static final int HTTP_BYTES_OF_CLIENT = 400;

    /** What a process takes without a client: the bundled places, the program itself, buffers. */
    private static final int FIXED_BYTES = 24 * 1024 * 1024;

    /** So many even where the heap is too small for its process: the operator will want to see some. */
    private static final int LEAST_CLIENTS = 1_000;

    private ClientCapacity() {
    }

    /**
     * For each server of the process.
     *
     * @param servers how many share the heap, 1 or more
     * @param httpPorts how many HTTP ports they have open
     */
    public static int inHeap(long heapBytes, int servers, int httpPorts) {
        long bytesOfClient = (long) servers * BYTES_OF_CLIENT + (long) httpPorts * HTTP_BYTES_OF_CLIENT;
        return Math.clamp((heapBytes - FIXED_BYTES) / bytesOfClient, LEAST_CLIENTS, Integer.MAX_VALUE);
    }
}
