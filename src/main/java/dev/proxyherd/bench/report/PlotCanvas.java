package dev.proxyherd.bench.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Something to draw a plot on; positions are in pixels from the upper left corner. */
interface PlotCanvas {
    int WIDTH = 860;
    int HEIGHT = 460;

    /** A point of a curve. */
    record Point(double x, double y) {
    }

    /** Where text stands relative to its position. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    void gridLine(Point from, Point to);

    void text(String text, Point at, Anchor anchor, boolean heading);

    /** @param series the curve's number, from 0, which decides how it looks */
    void curve(List<Point> points, int series);

    /** Writes the whole picture. */
    void writeTo(OutputStream out) throws IOException;
}
