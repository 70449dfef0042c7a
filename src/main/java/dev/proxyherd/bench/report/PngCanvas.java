package dev.proxyherd.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws a PNG picture, twice as fine as its pixels, in the light colours of the SVG. Needs no screen, but fonts. */
final class PngCanvas implements PlotCanvas {
    private static final int SCALE = 2;
    private static final Color GRID = new Color(0xd8dce2);
    private static final Color TEXT = new Color(0x3b434e);
    private static final Color HEADING = new Color(0x14181d);
    private static final Color[] CURVES = {new Color(0x0b63c5), new Color(0xc2410c)};
    private static final Stroke[] STROKES = {
        new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND),
        new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 4}, 0)};

    private final BufferedImage image =
            new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D graphics = image.createGraphics();

    PngCanvas() {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(SCALE, SCALE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
    }

    @Override
    public void gridLine(Point from, Point to) {
        graphics.setColor(GRID);
        graphics.setStroke(new BasicStroke(1));
        graphics.draw(new Line2D.Double(from.x(), from.y(), to.x(), to.y()));
    }

    @Override
    public void text(String text, Point at, Anchor anchor, boolean heading) {
        graphics.setColor(heading ? HEADING : TEXT);
        graphics.setFont(new Font(Font.SANS_SERIF, heading ? Font.BOLD : Font.PLAIN, heading ? 15 : 13));
        double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
        double shift = switch (anchor) {
            case START -> 0;
            case MIDDLE -> width / 2;
            case END -> width;
        };
        graphics.drawString(text, (float) (at.x() - shift), (float) at.y());
    }

    @Override
    public void curve(List<Point> points, int series) {
        Path2D path = new Path2D.Double();
        path.moveTo(points.getFirst().x(), points.getFirst().y());
        points.forEach(point -> path.lineTo(point.x(), point.y()));
        graphics.setColor(CURVES[series]);
        graphics.setStroke(STROKES[series]);
        graphics.draw(path);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        graphics.dispose();
        ImageIO.write(image, "png", out);
    }
}
