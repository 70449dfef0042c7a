package dev.proxyherd.fences.jts;

import dev.proxyherd.fences.AreaIndex;
import dev.proxyherd.fences.BadFenceException;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.FenceGeometry;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.FencedArea;
import java.util.List;

/** The geometry of fences. */
public final class JtsGeometry implements FenceGeometry {
    @Override
    public FencedArea area(Fence fence) throws BadFenceException {
        return switch (fence.shape()) {
            case FenceShape.Disc disc -> DiscArea.of(fence, disc);
            case FenceShape.Areas areas -> PolygonArea.of(fence, areas);
        };
    }

    @Override
    public AreaIndex index(List<FencedArea> areas) {
        return new BoxIndex(areas.stream().map(BoxedArea.class::cast).toList());
    }
}
