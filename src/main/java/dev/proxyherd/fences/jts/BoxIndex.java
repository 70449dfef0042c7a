package dev.proxyherd.fences.jts;

import dev.proxyherd.fences.AreaIndex;
import java.util.List;
import java.util.stream.IntStream;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.hprtree.HPRtree;

/** Areas by their boxes, in a packed tree that is only read once it is built. */
final class BoxIndex implements AreaIndex {
    /** Holds places in the list. */
    private final HPRtree tree = new HPRtree();

    BoxIndex(List<BoxedArea> areas) {
        for (int i = 0; i < areas.size(); i++) {
            Integer place = i;
            areas.get(i).boxes().forEach(box -> tree.insert(box, place));
        }
        tree.build();
    }

    @Override
    public boolean isNear(double latitude, double longitude) {
        boolean[] found = {false};
        tree.query(Boxes.point(latitude, longitude), place -> found[0] = true);
        return found[0];
    }

    @Override
    public int[] near(double latitude, double longitude) {
        return meeting(List.of(Boxes.point(latitude, longitude)));
    }

    @Override
    public int[] within(double west, double south, double east, double north) {
        return meeting(Boxes.cut(new Envelope(west, west <= east ? east : east + Boxes.TURN, south, north)));
    }

    private int[] meeting(List<Envelope> boxes) {
        IntStream.Builder places = IntStream.builder();
        boxes.forEach(box -> tree.query(box, place -> places.add((Integer) place)));
        // The boxes of one area's parts may overlap.
        return places.build().sorted().distinct().toArray();
    }
}
