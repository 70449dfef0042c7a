package dev.proxyherd.fences;

/** Finds areas by place. Immutable, and so quick that whoever takes a report in may ask. */
public interface AreaIndex {
    /**
     * Whether the point is in the box around any area and its margin; only then it can be anything but {@link Side#OUT}.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     */
    boolean isNear(double latitude, double longitude);

    /**
     * The areas in whose boxes the point is.
     *
     * @return their places in the list that the index was made from, each once, in ascending order
     */
    int[] near(double latitude, double longitude);

    /**
     * The areas whose boxes meet a box; where {@code west > east} it crosses ±180°.
     *
     * @return as above
     */
    int[] within(double west, double south, double east, double north);
}
