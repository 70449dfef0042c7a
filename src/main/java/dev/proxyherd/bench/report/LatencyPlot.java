package dev.proxyherd.bench.report;

import dev.proxyherd.bench.BenchResult;
import dev.proxyherd.bench.RequestKind;
import dev.proxyherd.bench.Tally;
import dev.proxyherd.bench.report.SvgCanvas.Anchor;
import dev.proxyherd.bench.report.SvgCanvas.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The latency distribution: across, percentiles on an axis on which each step adds a nine (90 %, 99 %, 99.9 %, ...), so
 * that the slow few are as visible as the many; upwards, latency on a logarithmic axis.
 */
public final class LatencyPlot {
    private static final double LEFT = 84;
    private static final double RIGHT = SvgCanvas.WIDTH - 44;
    private static final double TOP = 84;
    private static final double BOTTOM = SvgCanvas.HEIGHT - 62;
    private static final double[] STEPS = {1, 2, 5};
    private static final int MOST_NINES = 7;

    private final BenchResult result;
    private final int nines;
    private final double lowest;
    private final double highest;

    private LatencyPlot(BenchResult result) {
        this.result = result;
        Histogram all = result.allLatencies();
        this.nines = (int) Math.clamp(Math.ceil(Math.log10((double) Math.max(1, all.getTotalCount()))), 2, MOST_NINES);
        this.lowest = stepBelow((double) Math.max(Tally.UNIT_NANOS, all.getMinValue()));
        this.highest = stepAbove(Math.max(2 * lowest, (double) all.getMaxValue()));
    }

    /** An SVG that is readable on light and on dark paper. */
    public static String svg(BenchResult result) {
        SvgCanvas canvas = new SvgCanvas();
        new LatencyPlot(result).draw(canvas);
        return canvas.svg();
    }

    private void draw(SvgCanvas canvas) {
        canvas.text("Latency by percentile: " + BenchTable.servers(result.plan()), new Point(LEFT, 28), Anchor.START,
                true);
        canvas.text(BenchTable.how(result), new Point(LEFT, 48), Anchor.START, false);
        drawAcross(canvas);
        drawUp(canvas);
        drawCurves(canvas);
    }

    private void drawAcross(SvgCanvas canvas) {
        for (int i = 0; i <= nines; i++) {
            double x = x(i);
            canvas.gridLine(new Point(x, TOP), new Point(x, BOTTOM));
            canvas.text(percentLabel(i), new Point(x, BOTTOM + 20), Anchor.MIDDLE, false);
        }
        canvas.text("percentile of requests", new Point((LEFT + RIGHT) / 2, BOTTOM + 46), Anchor.MIDDLE, false);
    }

    private void drawUp(SvgCanvas canvas) {
        canvas.text("latency", new Point(LEFT - 10, TOP - 12), Anchor.END, false);
        boolean onlyDecades = highest / lowest > 1e4;
        for (double tick = lowest; tick <= highest * 1.01; tick = stepAbove(tick * 1.01)) {
            boolean isDecade = Math.abs(Math.log10(tick) - Math.rint(Math.log10(tick))) < 0.01;
            if (isDecade || !onlyDecades) {
                canvas.gridLine(new Point(LEFT, y(tick)), new Point(RIGHT, y(tick)));
                canvas.text(tickLabel(tick), new Point(LEFT - 10, y(tick) + 4), Anchor.END, false);
            }
        }
    }

    private void drawCurves(SvgCanvas canvas) {
        double legend = LEFT;
        for (Map.Entry<RequestKind, Histogram> entry : result.latencies().entrySet()) {
            int series = entry.getKey().ordinal();
            List<Point> points = points(entry.getValue());
            if (!points.isEmpty()) {
                canvas.curve(points, series);
                canvas.curve(List.of(new Point(legend, 66), new Point(legend + 28, 66)), series);
                canvas.text(entry.getKey().name(), new Point(legend + 34, 70), Anchor.START, false);
                legend += 130;
            }
        }
    }

    private List<Point> points(Histogram latencies) {
        List<Point> points = new ArrayList<>();
        for (HistogramIterationValue value : latencies.percentiles(10)) {
            double rest = 1 - value.getPercentileLevelIteratedTo() / 100;
            double at = rest <= 0 ? nines : Math.min(-Math.log10(rest), nines);
            points.add(new Point(x(at), y(Math.max(lowest, (double) value.getValueIteratedTo()))));
        }
        return points;
    }

    private double x(double ninesReached) {
        return LEFT + (RIGHT - LEFT) * ninesReached / nines;
    }

    private double y(double nanos) {
        return BOTTOM - (BOTTOM - TOP) * Math.log10(nanos / lowest) / Math.log10(highest / lowest);
    }

    private static String percentLabel(int nines) {
        return switch (nines) {
            case 0 -> "0 %";
            case 1 -> "90 %";
            case 2 -> "99 %";
            default -> "99." + "9".repeat(nines - 2) + " %";
        };
    }

    private static String tickLabel(double nanos) {
        return BenchTable.time(Math.rint(nanos)).replaceFirst("\\.0+ ", " ");
    }

    private static double stepAbove(double nanos) {
        double decade = Math.pow(10, Math.floor(Math.log10(nanos)));
        for (double step : STEPS) {
            if (step * decade >= nanos) {
                return step * decade;
            }
        }
        return 10 * decade;
    }

    private static double stepBelow(double nanos) {
        double decade = Math.pow(10, Math.floor(Math.log10(nanos)));
        double below = decade;
        for (double step : STEPS) {
            below = step * decade <= nanos ? step * decade : below;
        }
        return below;
    }
}
