/**
 * What is measured and counted, for Prometheus.
 *
 * <p>Any thread records; a page is made on the thread of the request that asks for it.
 */
package dev.proxyherd.gateway.metrics;
