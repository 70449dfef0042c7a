/**
 * Commands that look at a running herd: status and trace.
 *
 * <p>The main thread.
 */
package dev.proxyherd.cli.watch;
