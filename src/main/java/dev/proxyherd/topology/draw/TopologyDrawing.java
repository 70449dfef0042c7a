package dev.proxyherd.topology.draw;

import dev.proxyherd.topology.graph.Graph.Edge;
import dev.proxyherd.topology.graph.Shape;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Draws a topology as an SVG that is readable on light and on dark paper: servers on a circle in the order of the file,
 * and red what parts them when it alone is lost.
 */
public final class TopologyDrawing {
    private static final double CHARACTER_WIDTH = 8.2;
    private static final double NAME_GAP = 16;
    private static final double LEAST_MARGIN = 48;
    private static final double LEGEND_HEIGHT = 56;
    private static final double LEAST_WIDTH = 560;
    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="%1$.1f 0 %2$.1f %3$.1f" width="%2$.0f" height="%3$.0f" role="img">
            <style>
              .paper { fill: #ffffff }
              text { fill: #14181d; font: 13px system-ui, sans-serif }
              .note { fill: #3b434e }
              .link { stroke: #8a94a1; stroke-width: 1.4 }
              .server { fill: #0b63c5; stroke: #ffffff; stroke-width: 2 }
              .link.cut { stroke: #c81e1e; stroke-width: 3; stroke-dasharray: 7 4 }
              .server.cut { fill: #c81e1e }
              .server.apart { fill: #8a94a1 }
              @media (prefers-color-scheme: dark) {
                .paper { fill: #15191e }
                text { fill: #f0f3f6 }
                .note { fill: #b9c1cb }
                .server { fill: #63a9ff; stroke: #15191e }
                .link.cut { stroke: #ff6b6b }
                .server.cut { fill: #ff6b6b }
              }
            </style>
            <rect class="paper" x="%1$.1f" width="%2$.1f" height="%3$.1f"/>
            """;

    private final Shape shape;
    private final Circle circle;
    private final StringBuilder svg = new StringBuilder();

    private TopologyDrawing(Shape shape) {
        this.shape = shape;
        int longest = shape.names().stream().mapToInt(String::length).max().orElse(0);
        this.circle = new Circle(shape.names().size(),
                Math.max(LEAST_MARGIN, NAME_GAP + 8 + longest * CHARACTER_WIDTH));
    }

    public static String svg(Shape shape) {
        return new TopologyDrawing(shape).draw();
    }

    private String draw() {
        double width = Math.max(LEAST_WIDTH, circle.side());
        add(String.format(Locale.ROOT, HEAD.stripTrailing(), circle.middle() - width / 2, width,
                circle.side() + LEGEND_HEIGHT));
        Set<Edge> bridges = new HashSet<>(shape.cuts().links());
        shape.graph().edges().forEach(link -> drawLink(link, bridges.contains(link)));
        Set<Integer> cuts = new HashSet<>(shape.cuts().servers());
        for (int server = 0; server < shape.names().size(); server++) {
            drawServer(server, cuts.contains(server));
        }
        drawLegend();
        return svg + "</svg>\n";
    }

    private void drawLink(Edge link, boolean isCut) {
        add(String.format(Locale.ROOT,
                "<line class=\"link%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"><title>%s</title></line>",
                isCut ? " cut" : "", circle.x(link.one(), 0), circle.y(link.one(), 0), circle.x(link.other(), 0),
                circle.y(link.other(), 0), escaped(String.join(" - ", shape.ends(link)))));
    }

    private void drawServer(int server, boolean isCut) {
        String name = shape.names().get(server);
        String kind = shape.island().contains(name) ? " apart" : "";
        add(String.format(Locale.ROOT, "<circle class=\"server%s%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%d\"/>", kind,
                isCut ? " cut" : "",
                circle.x(server, 0), circle.y(server, 0), isCut ? 9 : 7));
        double degrees = circle.degrees(server);
        boolean isOnTheLeft = degrees > 90.001;
        double x = circle.x(server, NAME_GAP);
        double y = circle.y(server, NAME_GAP);
        if (circle.isUpright()) {
            boolean isAboveOrBelow = Math.abs(Math.cos(Math.toRadians(degrees))) < 0.01;
            String anchor = isAboveOrBelow ? "middle" : isOnTheLeft ? "end" : "start";
            add(String.format(Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" dominant-baseline=\"central\">%s</text>", x, y,
                    anchor,
                    escaped(name)));
        } else {
            add(String.format(Locale.ROOT,
                    "<text text-anchor=\"%s\" dominant-baseline=\"central\" transform=\"translate(%.1f %.1f) rotate(%.1f)\">%s"
                            + "</text>",
                    isOnTheLeft ? "end" : "start", x, y, isOnTheLeft ? degrees - 180 : degrees,
                    escaped(name)));
        }
    }

    private void drawLegend() {
        int cuts = shape.cuts().servers().size() + shape.cuts().links().size();
        note(0, String.format(Locale.ROOT, "servers: %,d, links: %,d%s", shape.names().size(),
                shape.graph().edges().size(), shape.island().isEmpty() ? "" : "; no way leads to the grey servers"));
        note(1, cuts == 0 ? "no loss of a single server or link parts them"
                : "red: the loss of this one server or link parts them");
    }

    private void note(int line, String text) {
        add(String.format(Locale.ROOT, "<text class=\"note\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
                circle.middle(),
                circle.side() + 14 + 20 * line, escaped(text)));
    }

    private void add(String element) {
        svg.append(element).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
