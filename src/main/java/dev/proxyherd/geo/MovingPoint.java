package dev.proxyherd.geo;

import org.jspecify.annotations.Nullable;

/** A point that {@link SphereTree} finds; whoever owns the tree extends it by what the point stands for. Guarded as the tree is. */
public abstract class MovingPoint {
    private final String id;
    private double latitude = Double.NaN;
    private double longitude = Double.NaN;
    double x;
    double y;
    double z;

    /** The leaf that holds it, or null, and where in the leaf; kept by the leaf. */
    @Nullable
    SphereNode leaf;
    int leafSlot;

    /** @param id decides which of two points at one distance comes first */
    protected MovingPoint(String id) {
        this.id = id;
    }

    public final String id() {
        return id;
    }

    /** Degrees; NaN before it was first placed, as is the longitude. */
    public final double latitude() {
        return latitude;
    }

    public final double longitude() {
        return longitude;
    }

    final void moveTo(double newLatitude, double newLongitude) {
        latitude = newLatitude;
        longitude = newLongitude;
        x = Sphere.x(newLatitude, newLongitude);
        y = Sphere.y(newLatitude, newLongitude);
        z = Sphere.z(newLatitude);
    }

    final double squaredChordTo(double otherX, double otherY, double otherZ) {
        return Sphere.squared(x - otherX, y - otherY, z - otherZ);
    }
}
