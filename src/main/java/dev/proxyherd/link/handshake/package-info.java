/**
 * How two ends of a link prove that they hold the herd's secret and who they are.
 *
 * <p>The connection's thread at either end.
 */
package dev.proxyherd.link.handshake;
