package dev.proxyherd.packaging;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the manifest of the pods says. */
record StatefulSet(Map<String, Object> manifest) {
    private static final String CONTAINER = "spec.template.spec.containers.0";

    static StatefulSet read() throws IOException {
        return new StatefulSet(PlainYaml.read(Packaged.KUBERNETES.resolve("statefulset.yaml")).getFirst());
    }

    Object at(String path) {
        return PlainYaml.at(manifest, path);
    }

    Object container(String path) {
        return at(CONTAINER + '.' + path);
    }

    /** The names in a list. */
    Set<String> names(String path) {
        return ((List<?>) at(path)).stream().map(one -> (String) PlainYaml.at(one, "name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The environment of a pod. */
    Map<String, String> environment(String pod, Map<String, String> secret) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Object variable : (List<?>) container("env")) {
            Object key = PlainYaml.at(variable, "valueFrom.secretKeyRef.key");
            Object field = PlainYaml.at(variable, "valueFrom.fieldRef.fieldPath");
            environment.put((String) PlainYaml.at(variable, "name"), key != null ? secret.get(key)
                    : field != null ? pod : (String) PlainYaml.at(variable, "value"));
        }
        return environment;
    }
}
