/**
 * What is measured and counted, for Prometheus.
 *
 * <p>Any thread measures; a page is made on the thread of the request that asks for it. It shows what {@code gateway.api},
 * {@code apps} and {@code gateway.http} count of themselves, and depends on these, {@code gateway.request},
 * {@code status}, {@code log} and the Prometheus client library.
 */
@NullMarked
package dev.proxyherd.gateway.metrics;

import org.jspecify.annotations.NullMarked;
