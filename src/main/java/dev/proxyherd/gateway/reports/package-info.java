/**
 * Reports of apps that come in by HTTP, each of which becomes an ordinary IAMAT.
 *
 * <p>A request runs on its own thread from beginning to end.
 */
package dev.proxyherd.gateway.reports;
