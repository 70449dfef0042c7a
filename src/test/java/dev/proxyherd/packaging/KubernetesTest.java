package dev.proxyherd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxyherd.server.SystemCommand;
import dev.proxyherd.topology.Topology;
import dev.proxyherd.topology.TopologyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests agree with each other and with the topology file. {@link KubernetesHerdTest} runs what they say. */
class KubernetesTest {
    private StatefulSet pods;
    private Topology topology;
    private Map<String, Object> service;

    @BeforeEach
    void read() throws Exception {
        pods = StatefulSet.read();
        topology = TopologyFile.read(Packaged.KUBERNETES.resolve("herd-topology.json"));
        service = PlainYaml.read(Packaged.KUBERNETES.resolve("services.yaml")).getFirst();
    }

    @Test
    void aPodIsTheServerOfItsName() {
        int replicas = Integer.parseInt((String) pods.at("spec.replicas"));
        List<String> names = IntStream.range(0, replicas).mapToObj(i -> pods.at("metadata.name") + "-" + i).toList();
        assertThat(topology.servers().keySet()).containsExactlyElementsOf(names);
        assertThat(topology.servers()).allSatisfy((name, address) -> {
            assertThat(address.host()).isEqualTo(name + '.' + pods.at("spec.serviceName"));
            assertThat(address.port()).isEqualTo(12_000);
        });
        assertThat(topology.island()).isEmpty();
        assertThat(PlainYaml.at(service, "metadata.name")).isEqualTo(pods.at("spec.serviceName"));
    }

    @Test
    void neighboursFindOnesThatAreNotReady() {
        assertThat(PlainYaml.at(service, "spec.publishNotReadyAddresses")).isEqualTo("true");
        assertThat(PlainYaml.at(service, "spec.clusterIP")).isEqualTo("None");
    }

    @Test
    void whatIsMountedIsThere() {
        assertThat(pods.names("spec.template.spec.containers.0.volumeMounts"))
                .containsExactlyInAnyOrder("state", "topology", "tmp");
        assertThat(pods.names("spec.template.spec.volumes")).containsExactly("tmp", "topology");
        assertThat(pods.at("spec.volumeClaimTemplates.0.metadata.name")).isEqualTo("state");
        Map<String, String> environment = pods.environment("herd-0", Map.of());
        assertThat(environment.get("HERD_TOPOLOGY"))
                .isEqualTo(pods.container("volumeMounts.1.mountPath") + "/herd-topology.json");
        assertThat(environment.get("HERD_STATE_DIR")).startsWith(pods.container("volumeMounts.0.mountPath") + "/");
    }

    /** Kubernetes would put variables for the service herd beside the herd's own: HERD_PORT and others. */
    @Test
    void nothingElseSetsTheHerdsVariables() {
        assertThat(pods.at("spec.template.spec.enableServiceLinks")).isEqualTo("false");
    }

    @Test
    void podsRunAsNobodyAndWriteOnlyWhereTheyMust() {
        assertThat(pods.at("spec.template.spec.securityContext.runAsNonRoot")).isEqualTo("true");
        assertThat(pods.container("securityContext.readOnlyRootFilesystem")).isEqualTo("true");
        assertThat(pods.container("securityContext.allowPrivilegeEscalation")).isEqualTo("false");
    }

    /** With the secrets made as the file says. */
    @Test
    void kustomizeMakesOneOfThem(@TempDir Path dir) throws Exception {
        assumeTrue(SystemCommand.run("kubectl", "version", "--client"), "there is no kubectl here");
        Path herd = Files.createDirectory(dir.resolve("herd"));
        try (var files = Files.list(Packaged.KUBERNETES)) {
            for (Path file : files.filter(one -> one.toString().matches(".*\\.(yaml|json)")).toList()) {
                Files.copy(file, herd.resolve(file.getFileName()));
            }
        }
        assertThat(new ProcessBuilder("bash", "-ec", commandForSecrets()).directory(herd.toFile()).start().waitFor())
                .isZero();
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", herd.toString()).redirectErrorStream(true).start();
        String made = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).as(made).isZero();
        List<Map<String, Object>> documents = PlainYaml.parse(made);
        assertThat(documents.stream().map(one -> one.get("kind") + "/" + PlainYaml.at(one, "metadata.name")))
                .containsExactlyInAnyOrder("ConfigMap/herd-topology", "Secret/herd", "Service/herd",
                        "Service/herd-clients", "StatefulSet/herd", "PodDisruptionBudget/herd");
        Map<String, Object> config = documents.stream().filter(one -> one.get("kind").equals("ConfigMap")).findFirst()
                .orElseThrow();
        assertThat(((Map<?, ?>) config.get("data")).get("herd-topology.json"))
                .isEqualTo(Files.readString(Packaged.KUBERNETES.resolve("herd-topology.json")));
    }

    /** How the file of kustomize says that the secrets are made. */
    static String commandForSecrets() throws IOException {
        return Files.readAllLines(Packaged.KUBERNETES.resolve("kustomization.yaml")).stream()
                .filter(line -> line.contains("openssl rand")).findFirst().orElseThrow().replaceFirst("# *", "");
    }
}
