package dev.proxyherd.gateway.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/**
 * Shows {@link Timings} as a histogram.
 *
 * @param kindLabel what the label of the kind is called; null where all are of one kind
 */
record TimingsCollector(String name, String help, String kindLabel, Timings timings) implements Collector {

    @Override
    public MetricSnapshot collect() {
        HistogramSnapshot.Builder histogram = HistogramSnapshot.builder().name(name).help(help);
        timings.all().forEach((key, durations) -> histogram.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(labels(key))
                .classicHistogramBuckets(ClassicHistogramBuckets.of(Durations.bounds(), durations.counts()))
                .sum(durations.sumSeconds())
                .build()));
        return histogram.build();
    }

    private Labels labels(Timings.Key key) {
        Labels outcome = Labels.of("outcome", key.outcome());
        return kindLabel == null ? outcome : outcome.add(kindLabel, key.kind());
    }

    @Override
    public String getPrometheusName() {
        return name;
    }
}
