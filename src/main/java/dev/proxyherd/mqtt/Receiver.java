package dev.proxyherd.mqtt;

import dev.proxyherd.apps.OwnTracks;
import dev.proxyherd.apps.RefusedReport;
import dev.proxyherd.apps.Report;
import dev.proxyherd.apps.ReportTaker;
import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.log.Faults;
import dev.proxyherd.mqtt.broker.Delivery;
import dev.proxyherd.rights.Rights;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes in what has come, as many messages at once as there are, and acknowledges them once they are as safe as they would have to be
 * for the answer to a client. What is refused is acknowledged, too: it would be refused again; and so is what a fault of the
 * program keeps from being taken in, which the broker would send again for ever. A broker that has no acknowledgement of some
 * messages sends no more. A thread of its own.
 */
final class Receiver {
    /** How many messages wait for one sync of the disk at most. */
    private static final int MAX_BATCH = 256;

    private final BlockingQueue<Delivery> received = new ArrayBlockingQueue<>(MAX_BATCH);
    private final ReportTaker taker;
    private final Function<String, Rights> rights;
    private final Faults faults;
    private final String peer;

    /** What is not acknowledged yet; of its own thread. */
    private final Deque<Delivery> batch = new ArrayDeque<>();

    /**
     * @param rights what the token of a name may do
     * @param faults is told what keeps messages from being taken in
     * @param peer the broker, for the log
     */
    Receiver(ReportTaker taker, Function<String, Rights> rights, Faults faults, String peer) {
        this.taker = taker;
        this.rights = rights;
        this.faults = faults;
        this.peer = peer;
    }

    /** A message has come; waits while there is no room for it. */
    void add(Delivery message) throws InterruptedException {
        received.put(message);
    }

    /**
     * Takes in what there is, or else what comes next, or what the last round has not come to an end with; true, for there is
     * always more to come.
     */
    boolean round() throws InterruptedException {
        if (batch.isEmpty()) {
            batch.add(received.take());
            received.drainTo(batch);
        }
        batch.forEach(this::takeOrTell);
        taker.settle();
        while (!batch.isEmpty()) {
            batch.remove().acknowledge().run();
        }
        return true;
    }

    private void takeOrTell(Delivery message) {
        try {
            take(message);
        } catch (RuntimeException | StackOverflowError fault) {
            faults.survived("mqtt-in", fault);
        }
    }

    private void take(Delivery message) {
        String topic = new String(message.topic().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String shown = ClientIds.shortened(topic);
        String[] levels = topic.split("/", -1);
        String user = levels[Math.max(0, levels.length - 2)];
        taker.take(peer, () -> peer + ' ' + shown + " refused (" + message.payload().length + " bytes)",
                rights.apply(user),
                () -> reports(message, shown, user, levels[levels.length - 1]));
    }

    /** The topic says whose it is, and never the payload: who may publish where is what brokers look after. */
    private static List<Supplier<Report>> reports(Delivery message, String shown, String user, String device) {
        if (user.isEmpty() || device.isEmpty()) {
            throw RefusedReport.malformed("the topic's last two levels are user and device, and one is empty");
        }
        return OwnTracks.reports(message.payload(), "the topic " + shown, user + '/' + device);
    }
}
