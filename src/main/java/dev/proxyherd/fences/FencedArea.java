package dev.proxyherd.fences;

/** A fence whose shape has been made sense of. Immutable. */
public interface FencedArea {
    /** What it was made from. */
    Fence fence();

    /**
     * Where a point is; exact but for the margin, whose distances are true to a thousandth or a centimetre.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     */
    Side side(double latitude, double longitude);

    /** What of it a person should know: that it crosses ±180°, or lies around a pole; empty where nothing is remarkable. */
    String remark();
}
