/**
 * What a request asks and what is answered, as values, and who is let in.
 *
 * <p>For any thread.
 */
package dev.proxyherd.gateway.request;
