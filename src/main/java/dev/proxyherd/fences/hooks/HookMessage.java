package dev.proxyherd.fences.hooks;

/**
 * What is sent to a webhook.
 *
 * @param id by which the receiver knows it again, the crossing's
 * @param fence the fence's id, which tells the address
 * @param client whose crossing it tells
 * @param timeNanos the client's time, POSIX nanoseconds
 * @param queuedMillis when it was put into the outbox, POSIX milliseconds
 * @param body JSON, on one line
 */
record HookMessage(String id, String fence, String client, long timeNanos, long queuedMillis, String body) {
}
