package dev.proxyherd.topology.draw;

/**
 * Where servers stand: evenly on a circle, the first at the top and the others clockwise; a single one in the middle.
 *
 * @param servers how many, 1 or more
 * @param margin pixels between the circle and the paper's edge, for the names
 */
record Circle(int servers, double margin) {
    private static final double LEAST_RADIUS = 130;
    private static final double LEAST_GAP = 26;
    /** So many names stand upright without touching each other; more are turned outwards. */
    private static final int MOST_UPRIGHT = 8;

    double radius() {
        return servers == 1 ? 0 : Math.max(LEAST_RADIUS, servers * LEAST_GAP / (2 * Math.PI));
    }

    double middle() {
        return radius() + margin;
    }

    /** The paper's edge, in pixels. */
    double side() {
        return 2 * middle();
    }

    boolean isUpright() {
        return servers <= MOST_UPRIGHT;
    }

    /** Clockwise from the right, in degrees, -90 up to 270. */
    double degrees(int server) {
        return -90 + 360.0 * server / servers;
    }

    /** @param beyond pixels outside the circle */
    double x(int server, double beyond) {
        return middle() + (radius() + beyond) * Math.cos(Math.toRadians(degrees(server)));
    }

    /** @param beyond pixels outside the circle */
    double y(int server, double beyond) {
        return middle() + (radius() + beyond) * Math.sin(Math.toRadians(degrees(server)));
    }
}
