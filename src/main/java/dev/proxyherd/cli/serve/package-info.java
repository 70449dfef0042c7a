/**
 * Commands and options for running servers.
 *
 * <p>The main thread.
 */
package dev.proxyherd.cli.serve;
