/**
 * What commands share: values, the topology's and the environment's defaults, the terminal.
 *
 * <p>The main thread; signals have their own.
 */
package dev.proxyherd.cli.options;
