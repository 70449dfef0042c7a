/**
 * The Earth as a sphere: distances, boxes, plus codes, and indexes of fixed and of moving points.
 *
 * <p>Pure values and functions, which any thread may use, but for {@link dev.proxyherd.geo.SphereTree} and its points, which
 * their owner guards. It depends on no other package.
 */
@NullMarked
package dev.proxyherd.geo;

import org.jspecify.annotations.NullMarked;
