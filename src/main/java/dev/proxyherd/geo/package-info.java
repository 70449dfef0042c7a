/**
 * The Earth as a sphere: distances, boxes, codes, and indexes of fixed and of moving points.
 *
 * <p>Pure values and functions; what is not says who guards it.
 */
package dev.proxyherd.geo;
