/**
 * Comparing two stores when a link starts, or when digests differ, and sending what the other lacks.
 *
 * <p>The link's own threads.
 */
package dev.proxyherd.link.resync;
