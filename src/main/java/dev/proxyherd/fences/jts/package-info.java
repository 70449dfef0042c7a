/**
 * The geometry of fences, by the JTS Topology Suite: which shapes are valid, which boxes hold a point, which side of a
 * line it is on. JTS knows the plane; what makes it right on the globe, at ±180°, at the poles and in metres, is here.
 *
 * <p>Values, which any thread may use. JTS lies beside the jar, so this room is opened by
 * {@link dev.proxyherd.fences.FenceGeometry#open} only, and no other room may use it. It depends on {@code fences}, {@code geo}
 * and JTS.
 */
@NullMarked
package dev.proxyherd.fences.jts;

import org.jspecify.annotations.NullMarked;
