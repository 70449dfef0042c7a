/**
 * Keeps what the store knows on the disk, and reads it back at the start.
 *
 * <p>One platform thread for the rounds, one that writes the file anew, one that watches; any thread may note a
 * change, and none waits for the disk but where the policy says so.
 */
package dev.proxyherd.journal;
