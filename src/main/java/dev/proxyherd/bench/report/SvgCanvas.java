package dev.proxyherd.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws SVG that follows the reader's choice of light or dark; positions are in pixels from the upper left corner. */
final class SvgCanvas {
    static final int WIDTH = 860;
    static final int HEIGHT = 460;

    private final StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
            <style>
              .paper { fill: #ffffff }
              .grid { stroke: #d8dce2; stroke-width: 1 }
              text { fill: #3b434e; font: 13px system-ui, sans-serif }
              .heading { fill: #14181d; font-weight: 600; font-size: 15px }
              .curve { fill: none; stroke-width: 2.2; stroke-linejoin: round }
              .s0 { stroke: #0b63c5 }
              .s1 { stroke: #c2410c; stroke-dasharray: 7 4 }
              @media (prefers-color-scheme: dark) {
                .paper { fill: #15191e }
                .grid { stroke: #353c45 }
                text { fill: #b9c1cb }
                .heading { fill: #f0f3f6 }
                .s0 { stroke: #63a9ff }
                .s1 { stroke: #ff9a5c }
              }
            </style>
            <rect class="paper" width="%1$d" height="%2$d"/>
            """, WIDTH, HEIGHT));

    /** A point of a curve. */
    record Point(double x, double y) {
    }

    /** Where text stands relative to its position. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    void gridLine(Point from, Point to) {
        add(String.format(Locale.ROOT, "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                from.x(), from.y(), to.x(), to.y()));
    }

    void text(String text, Point at, Anchor anchor, boolean heading) {
        add(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>", at.x(), at.y(),
                anchor.name().toLowerCase(Locale.ROOT), heading ? " class=\"heading\"" : "", escaped(text)));
    }

    /** @param series the curve's number, from 0, which decides how it looks */
    void curve(List<Point> points, int series) {
        String path = points.stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point.x(), point.y()))
                .collect(Collectors.joining(" "));
        add(String.format(Locale.ROOT, "<polyline class=\"curve s%d\" points=\"%s\"/>", series, path));
    }

    private void add(String element) {
        svg.append(element).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The whole picture. */
    String svg() {
        return svg + "</svg>\n";
    }
}
