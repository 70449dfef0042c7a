/**
 * The command that measures running servers.
 *
 * <p>The main thread.
 */
package dev.proxyherd.cli.measure;
