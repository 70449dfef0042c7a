package dev.proxyherd.fences;

import dev.proxyherd.io.Libraries;
import java.io.IOException;
import java.util.List;

/** Makes sense of fences' shapes. Any threads. */
public interface FenceGeometry {
    /**
     * The area of a fence.
     *
     * @throws BadFenceException if its shape encloses no area that could be told; the message says why
     */
    FencedArea area(Fence fence) throws BadFenceException;

    /** An index of areas. */
    AreaIndex index(List<FencedArea> areas);

    /** @throws IOException if the libraries that it needs are not installed; the message says what to do */
    static FenceGeometry open() throws IOException {
        return Libraries.besideTheJar().open(FenceGeometry.class, "dev.proxyherd.fences.jts.JtsGeometry", "fences");
    }
}
