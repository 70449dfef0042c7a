package dev.proxyherd.fences.jts;

import dev.proxyherd.fences.BadFenceException;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.Side;
import dev.proxyherd.geo.Geo;
import java.util.List;
import org.locationtech.jts.geom.Envelope;

/** All that is within a distance of a point, along the surface. */
record DiscArea(Fence fence, FenceShape.Disc disc) implements BoxedArea {

    static DiscArea of(Fence fence, FenceShape.Disc disc) throws BadFenceException {
        if (fence.marginMetres() >= disc.radiusMetres()) {
            throw new BadFenceException("its margin of " + Geo.plain(fence.marginMetres())
                    + " m leaves nothing of its radius of " + Geo.plain(disc.radiusMetres()) + " m");
        }
        return new DiscArea(fence, disc);
    }

    @Override
    public Side side(double latitude, double longitude) {
        double metres = Geo.distance(disc.latitude(), disc.longitude(), latitude, longitude);
        boolean isBare = Math.abs(metres - disc.radiusMetres()) < fence.marginMetres();
        return metres <= disc.radiusMetres() ? isBare ? Side.BARELY_IN : Side.IN : isBare ? Side.BARELY_OUT : Side.OUT;
    }

    @Override
    public List<Envelope> boxes() {
        return Boxes.cut(box(fence.marginMetres()));
    }

    private Envelope box(double margin) {
        return Boxes.around(Boxes.point(disc.latitude(), disc.longitude()), disc.radiusMetres() + margin);
    }

    @Override
    public String remark() {
        double toPole = (90 - Math.abs(disc.latitude())) * Geo.METRES_PER_DEGREE;
        return disc.radiusMetres() >= toPole ? "holds a pole" : Boxes.isAcross(box(0)) ? "crosses ±180°" : "";
    }
}
