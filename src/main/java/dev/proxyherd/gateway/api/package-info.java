/**
 * What goes out: clients, places, events, the herd, health, the map's files.
 *
 * <p>A request runs on its own thread from beginning to end.
 */
package dev.proxyherd.gateway.api;
