/**
 * OpenStreetMap's places by way of an Overpass server.
 *
 * <p>A lookup runs on the asking client's thread.
 */
package dev.proxyherd.places.overpass;
