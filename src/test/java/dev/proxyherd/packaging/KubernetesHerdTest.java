package dev.proxyherd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxyherd.cli.HerdProcess;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.SystemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes as the manifests have pods run them, each in a network of its own: the command without arguments, the
 * environment, the topology in a folder whose content is swapped by symbolic links, names that are looked up, probes at the
 * pod's address. No Kubernetes takes part.
 */
@Timeout(300)
class KubernetesHerdTest {
    private static final String SPARE = "spare";

    private final Map<String, HerdProcess> pods = new LinkedHashMap<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();

    @TempDir
    private Path dir;

    private Hosts hosts;
    private StatefulSet manifest;
    private Map<String, String> secret;
    private int swaps;

    @BeforeEach
    void makeACluster() throws Exception {
        assumeTrue(SystemCommand.run("curl", "--version"), "there is no curl here to ask as probes do");
        hosts = new Hosts(dir, "herd-0", "herd-1", "herd-2", "herd-3", "herd-4", "herd-5", SPARE);
        manifest = StatefulSet.read();
        Path made = Files.createDirectory(dir.resolve("made"));
        assertThat(
                new ProcessBuilder("bash", "-ec", KubernetesTest.commandForSecrets()).directory(made.toFile()).start()
                        .waitFor())
                .isZero();
        secret = Map.of("herd-secret", Files.readString(made.resolve("herd-secret")), "herd-http-token",
                Files.readString(made.resolve("herd-http-token")));
        Files.createDirectory(dir.resolve("config"));
        swapConfig(Files.readString(Packaged.KUBERNETES.resolve("herd-topology.json")));
    }

    @AfterEach
    void close() {
        if (hosts != null) {
            hosts.close();
        }
    }

    /** As the kubelet does: a new folder, and one rename of the link to it. */
    private void swapConfig(String topology) throws IOException {
        Path config = dir.resolve("config");
        Path next = Files.createDirectory(config.resolve("..2026_" + ++swaps));
        Files.writeString(next.resolve("herd-topology.json"), topology);
        Files.createSymbolicLink(config.resolve("..data_tmp"), next.getFileName());
        Files.move(config.resolve("..data_tmp"), config.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        if (swaps == 1) {
            Files.createSymbolicLink(config.resolve("herd-topology.json"), Path.of("..data/herd-topology.json"));
        }
    }

    /** What the cluster's name service says. */
    private void name(String pod, String host) throws IOException {
        addresses.put(pod, hosts.address(host));
        Files.writeString(dir.resolve("names"), addresses.entrySet().stream()
                .map(one -> one.getValue() + ' ' + one.getKey() + ".herd\n").collect(Collectors.joining()));
    }

    private Map<String, String> environment(String pod) throws IOException {
        Map<String, String> environment = manifest.environment(pod, secret);
        Path volume = dir.resolve("volume-" + pod);
        Files.createDirectories(volume.resolve("lost+found"));
        environment.replaceAll((name, value) -> value
                .replace((String) manifest.container("volumeMounts.1.mountPath"), dir.resolve("config").toString())
                .replace((String) manifest.container("volumeMounts.0.mountPath"), volume.toString()));
        environment.merge("HERD_JAVA_OPTS", " -XX:TieredStopAtLevel=1 -Djdk.net.hosts.file=" + dir.resolve("names"),
                String::concat);
        return environment;
    }

    private void run(String pod, String host) throws IOException {
        name(pod, host);
        pods.put(pod, hosts.start(host, environment(pod), "herd"));
    }

    /** As the kubelet asks. */
    private String probe(String pod, String kind) throws IOException {
        return hosts.run("switch", Map.of(), "curl -s -o /dev/null -w %{http_code} http://" + addresses.get(pod)
                + ":8080" + manifest.container(kind + ".httpGet.path") + " || true");
    }

    /** As by kubectl exec; of all servers, not of the one that HERD_NAME says. */
    private void awaitAll(String inPod, int servers) {
        Await.until("all " + servers + " know the same", Await.LIMIT.multipliedBy(2), () -> hosts
                .run(inPod, environment(inPod), "env -u HERD_NAME herd status || true")
                .contains("converged: all " + servers + " "));
    }

    private String report(String inPod, String client, String time) throws IOException {
        return hosts.run(inPod, environment(inPod), "herd iamat " + client + " +34-118 --time " + time + " --server "
                + inPod);
    }

    @Test
    void areReadyFindEachOtherAreMovedAndGrow() throws Exception {
        for (int i = 0; i < 5; i++) {
            run("herd-" + i, "herd-" + i);
        }
        pods.values().forEach(HerdProcess::awaitUp);
        for (String pod : pods.keySet()) {
            Await.until(pod + " is ready", () -> probe(pod, "readinessProbe").equals("200"));
            assertThat(probe(pod, "livenessProbe")).isEqualTo("200");
            assertThat(pods.get(pod).err()).as(pod).isEmpty();
        }
        assertThat(report("herd-0", "kiwi", "7")).startsWith("AT herd-0 ");
        awaitAll("herd-3", 5);
        String metrics = "curl -s -o /dev/null -w %{http_code} http://" + addresses.get("herd-1") + ":8080/metrics";
        assertThat(hosts.run("switch", Map.of(), metrics)).isEqualTo("401");
        assertThat(hosts.run("switch", Map.of(), metrics + " -H 'Authorization: Bearer "
                + secret.get("herd-http-token") + "' -H Host:herd-clients:8080")).isEqualTo("200");

        // A pod that is made anew elsewhere has its volume, and another address.
        pods.get("herd-2").signal("TERM");
        assertThat(pods.get("herd-2").exitCode()).isEqualTo(143);
        run("herd-2", SPARE);
        pods.get("herd-2").awaitUp();
        assertThat(report("herd-0", "kiwi", "8")).startsWith("AT herd-0 ");
        awaitAll("herd-0", 5);

        swapConfig(Files.readString(Packaged.KUBERNETES.resolve("herd-topology.json"))
                .replace("\"herd-4.herd\", \"port\": 12000}",
                        "\"herd-4.herd\", \"port\": 12000},\n\"herd-5\": {\"host\": \"herd-5.herd\", \"port\": 12000}")
                .replace("[\"herd-4\", \"herd-0\"]", "[\"herd-4\", \"herd-5\"], [\"herd-5\", \"herd-0\"]"));
        run("herd-5", "herd-5");
        pods.get("herd-5").awaitUp();
        awaitAll("herd-1", 6);
    }
}
