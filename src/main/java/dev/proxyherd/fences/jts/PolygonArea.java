package dev.proxyherd.fences.jts;

import dev.proxyherd.fences.BadFenceException;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.Ring;
import dev.proxyherd.fences.Side;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Polygon;

/**
 * What is within some polygons, which may overlap.
 *
 * @param parts the rings of each polygon
 * @param outline where the area ends: the rings, but for those of them that have area on both sides
 */
record PolygonArea(Fence fence, List<Edges> parts, List<Edges> outline) implements BoxedArea {
    private static final double POLE = 90;

    static PolygonArea of(Fence fence, FenceShape.Areas areas) throws BadFenceException {
        List<Polygon> polygons = new ArrayList<>();
        for (List<Ring> rings : areas.polygons()) {
            try {
                polygons.add(Unrolled.of(rings));
            } catch (BadFenceException e) {
                throw areas.polygons().size() == 1 ? e
                        : new BadFenceException("of its polygon " + (polygons.size() + 1) + ", " + e.getMessage());
            }
        }
        List<Edges> parts = polygons.stream().map(Outline::rings).map(Edges::new).toList();
        return new PolygonArea(fence, parts, fence.marginMetres() == 0 ? List.of() : Outline.of(polygons, parts));
    }

    @Override
    public Side side(double latitude, double longitude) {
        boolean isIn = covers(latitude, longitude);
        boolean isBare = outline.stream().anyMatch(edges -> edges.areWithin(fence.marginMetres(), latitude, longitude));
        return isIn ? isBare ? Side.BARELY_IN : Side.IN : isBare ? Side.BARELY_OUT : Side.OUT;
    }

    private boolean covers(double latitude, double longitude) {
        for (Edges part : parts) {
            if (covers(part, latitude, longitude)) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(Edges part, double latitude, double longitude) {
        Envelope box = part.box();
        if (Math.abs(latitude) == POLE) {
            // All longitudes are one place there.
            return latitude > 0 ? box.getMaxY() == POLE : box.getMinY() == -POLE;
        }
        for (double turn = -Boxes.TURN; turn <= Boxes.TURN; turn += Boxes.TURN) {
            if (box.intersects(longitude + turn, latitude) && part.enclose(longitude + turn, latitude)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Envelope> boxes() {
        return parts.stream().flatMap(part -> Boxes.cut(Boxes.around(part.box(), fence.marginMetres())).stream())
                .toList();
    }

    @Override
    public String remark() {
        if (parts.stream().anyMatch(part -> Math.max(part.box().getMaxY(), -part.box().getMinY()) == POLE)) {
            return "holds a pole";
        }
        return parts.stream().anyMatch(part -> Boxes.isAcross(part.box())) ? "crosses ±180°" : "";
    }
}
