/**
 * How two ends of a link prove that they hold the herd's secret and who they are, and settle what they may say.
 *
 * <p>The connection's thread at either end. It depends on {@code io} and {@code protocol} only.
 */
@NullMarked
package dev.proxyherd.link.handshake;

import org.jspecify.annotations.NullMarked;
