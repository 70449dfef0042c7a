package dev.proxyherd.fences.jts;

import dev.proxyherd.fences.FencedArea;
import java.util.List;
import org.locationtech.jts.geom.Envelope;

/** An area of which it is known in which boxes it lies, its margin included. */
interface BoxedArea extends FencedArea {
    /** Boxes of degrees, longitudes -180 to 180, that share no point; outside of them every point is out. */
    List<Envelope> boxes();
}
