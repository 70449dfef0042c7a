/**
 * What the server knows: every client's newest location.
 *
 * <p>Any thread may call anything here; nothing blocks. It depends on {@code protocol} only.
 */
package dev.proxyherd.store;
