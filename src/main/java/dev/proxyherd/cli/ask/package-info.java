/**
 * Commands that speak to one server as its clients do, and to a places provider.
 *
 * <p>The main thread.
 */
package dev.proxyherd.cli.ask;
