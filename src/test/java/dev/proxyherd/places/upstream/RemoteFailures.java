package dev.proxyherd.places.upstream;

import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.upstream.PlacesSource.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Failures of remote providers, played to each of these. */
final class RemoteFailures {
    static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** A failure to play, and what is to be said of it: the status and some words of the message. */
    record Case(String name, FakeUpstream.Play play, Status status, String words) {
    }

    interface Check {
        void run(Kind kind, Case failure) throws Exception;
    }

    private RemoteFailures() {
    }

    /** One check for each remote provider and failure, all begun at once, for most of their time is waiting. */
    static Stream<DynamicTest> forEachProvider(List<Case> failures, Check check) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Kind kind : List.of(Kind.GOOGLE, Kind.GOOGLE_LEGACY, Kind.OVERPASS)) {
            for (Case failure : failures) {
                FutureTask<Void> task = new FutureTask<>(() -> {
                    check.run(kind, failure);
                    return null;
                });
                Thread.ofVirtual().start(task);
                tests.add(DynamicTest.dynamicTest(kind + ", " + failure.name, task::get));
            }
        }
        return tests.stream();
    }
}
