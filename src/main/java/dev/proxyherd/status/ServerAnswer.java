package dev.proxyherd.status;

import dev.proxyherd.topology.ServerAddress;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one server of the herd answered when it was asked how it is: a status, or nothing and the reason.
 *
 * @param name its name
 * @param address where it accepts clients
 * @param neighbours the names of its neighbours in the topology
 * @param status null when it did not answer
 * @param clock how its clock differs from that of whoever asked; null when it did not answer
 * @param failure why it did not answer; null when it did
 */
public record ServerAnswer(
        String name,
        ServerAddress address,
        List<String> neighbours,
        @Nullable ServerStatus status,
        @Nullable ClockReading clock,
        @Nullable Failure failure) {

    /**
     * Why a server did not answer.
     *
     * @param reason in words for people, with the server's address
     */
    public record Failure(String reason, Kind kind) {
        /** Who would not. */
        public enum Kind {
            /** It is not there, or answers nothing that counts. */
            SILENT,
            /** It is there and refused, for example since it holds another secret. */
            REFUSED,
            /** Its certificate is not trusted by whoever asked, so it was told nothing. */
            UNTRUSTED
        }
    }

    public ServerAnswer {
        neighbours = List.copyOf(neighbours);
    }

    /** A server that answered. */
    public static ServerAnswer of(String name, ServerAddress address, ServerStatus status, ClockReading clock) {
        return new ServerAnswer(name, address, status.links().stream().map(LinkStatus::neighbour).toList(), status,
                clock, null);
    }

    /** A server that did not answer. */
    public static ServerAnswer none(String name, ServerAddress address, Collection<String> neighbours,
            Failure failure) {
        return new ServerAnswer(name, address, List.copyOf(neighbours), null, null, failure);
    }

    /** Whether it did not answer, and for a reason of this kind. */
    boolean hasFailed(Failure.Kind kind) {
        return failure != null && failure.kind() == kind;
    }
}
