package dev.proxyherd.gateway.index;

import dev.proxyherd.geo.BoundingBox;
import dev.proxyherd.geo.Sphere;
import dev.proxyherd.geo.SphereNode;
import dev.proxyherd.geo.SphereTree;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.Position;

/**
 * One client as the feed knows it: its location, where that is on the sphere, where it stood before, and its places in
 * tree and change log.
 */
public final class Tracked {
    private final String client;
    private Location location;
    private double latitude = Double.NaN;
    private double longitude = Double.NaN;
    private double latitudeBefore = Double.NaN;
    private double longitudeBefore = Double.NaN;

    public double x;
    public double y;
    public double z;

    /** The leaf that holds it, and where in the leaf; kept by {@link SphereTree}. */
    public SphereNode leaf;
    public int leafSlot;

    /** Where in {@link ChangeLog} it stands; -1 before its first change. */
    int logSlot = -1;

    /** The number of the change before its last one, which brought it where it stood before; 0 if there was none. */
    long numberBefore;

    public Tracked(String client) {
        this.client = client;
    }

    public String client() {
        return client;
    }

    /** Null once the server has forgotten the client. */
    public Location location() {
        return location;
    }

    public double latitude() {
        return latitude;
    }

    public double longitude() {
        return longitude;
    }

    /** Takes the newer location over; its place in the tree is for the tree to mend. */
    public void moveTo(Location newer) {
        Position position = newer.position();
        location = newer;
        latitudeBefore = latitude;
        longitudeBefore = longitude;
        latitude = position.latitude();
        longitude = position.longitude();
        x = Sphere.x(latitude, longitude);
        y = Sphere.y(latitude, longitude);
        z = Sphere.z(latitude);
    }

    /**
     * Whether it may have stood in a box when the changes had come to a number that is before its last one. Only where
     * it stood before is known: if it has moved several times since, it may have been anywhere.
     */
    boolean mayHaveBeenIn(BoundingBox box, long number) {
        return numberBefore > number || box.contains(latitudeBefore, longitudeBefore);
    }

    void forget() {
        location = null;
    }

    public double squaredChordTo(double otherX, double otherY, double otherZ) {
        double dx = x - otherX;
        double dy = y - otherY;
        double dz = z - otherZ;
        return dx * dx + dy * dy + dz * dz;
    }
}
