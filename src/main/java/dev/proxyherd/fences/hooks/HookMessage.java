package dev.proxyherd.fences.hooks;

/**
 * What is sent to a webhook.
 *
 * @param id by which the receiver knows it again, the crossing's
 * @param fence the fence's id, which tells the address
 * @param queuedMillis when it was put into the outbox, POSIX milliseconds
 * @param body JSON, on one line
 */
record HookMessage(String id, String fence, long queuedMillis, String body) {
}
