package dev.proxyherd.places.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.cli.HerdProcess;
import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.Upstreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who keeps no answers does not pay for a cache. */
class CacheClassesTest {
    private static final String CAFFEINE = "com.github.benmanes.caffeine.";

    @TempDir
    private Path dir;

    private List<String> classesOfCaffeine(String ttl) throws IOException {
        Path classes = dir.resolve("classes");
        try (FakeUpstream upstream = new FakeUpstream(FakeUpstream.ok(Upstreams.OVERPASS_OK));
                HerdProcess herd =
                        HerdProcess.start(dir, Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes),
                                "places", "1", "1", "1", "--places", "overpass", "--places-url",
                                upstream.url("/").toString(), "--places-cache", ttl)) {
            assertThat(herd.exitCode()).isZero();
        }
        List<String> loaded = Files.readAllLines(classes);
        assertThat(loaded).anyMatch(line -> line.contains(".OverpassPlaces "));
        return loaded.stream().filter(line -> line.contains(CAFFEINE)).toList();
    }

    @Test
    void areLoadedForACacheOnly() throws IOException {
        assertThat(classesOfCaffeine("0s")).isEmpty();
        assertThat(classesOfCaffeine("10s")).anyMatch(line -> line.contains(CAFFEINE + "cache.Caffeine "));
    }
}
