/**
 * Who may come in by HTTP: which names, pages and tokens. It judges a request and answers nothing itself.
 *
 * <p>For any thread; a wrong token waits on the thread of its request. It depends on {@code gateway.request}.
 */
@NullMarked
package dev.proxyherd.gateway.access;

import org.jspecify.annotations.NullMarked;
