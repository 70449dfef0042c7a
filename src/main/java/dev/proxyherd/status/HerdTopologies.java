package dev.proxyherd.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether servers go by the same herd, and have no fault in their topology files.
 *
 * @param answered the servers that answered, in the topology's order
 */
record HerdTopologies(List<ServerStatus> answered) {
    private static final String REPAIR = "give all servers the same file, and see: herd reload";

    /** What a person is to repair, each naming its servers; empty when there is nothing. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        Map<String, List<String>> byHash = new LinkedHashMap<>();
        for (ServerStatus server : answered) {
            byHash.computeIfAbsent(server.topology().hash(), hash -> new ArrayList<>()).add(server.name());
            ReloadStatus reload = server.topology().reload();
            if (reload != null && reload.fault() != null) {
                faults.add(server.name() + ": its topology file was read again, and nothing has changed: "
                        + reload.fault());
            }
        }
        // Where as many go by one herd as by another, the first is as good as any.
        List<String> most = byHash.values().stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
        byHash.forEach((hash, names) -> {
            if (!names.equals(most)) {
                faults.add(String.join(", ", names) + (names.size() == 1 ? " goes" : " go") + " by another topology, "
                        + hash + ", than " + String.join(", ", most) + "; " + REPAIR);
            }
        });
        return faults;
    }
}
