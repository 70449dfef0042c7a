package dev.proxyherd.kafka.client;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks now and then whether the topic is the one that it was, while it is read: a reader is told neither that Kafka has gone
 * silent nor that the topic was deleted, and perhaps made anew. It waits for nothing. For the reader's thread.
 */
final class TopicWatch {
    private static final long INTERVAL_NANOS = 3_000_000_000L;
    private static final long LIMIT_NANOS = Topic.ANSWER_MILLIS * 1_000_000;

    private final Admin admin;
    private final Topic topic;
    private @Nullable Future<TopicDescription> asked;
    private long askedAt = System.nanoTime();

    TopicWatch(Admin admin, Topic topic) {
        this.admin = admin;
        this.topic = topic;
    }

    /**
     * Whether it is, as far as is known.
     *
     * @throws IOException if the topic was deleted; a KafkaException if Kafka does not answer
     */
    boolean isSame() throws IOException {
        Future<TopicDescription> answer = asked;
        long since = System.nanoTime() - askedAt;
        if (answer == null) {
            if (since > INTERVAL_NANOS) {
                askedAt = System.nanoTime();
                asked = Topic.described(admin, topic.name()).toCompletionStage().toCompletableFuture();
            }
            return true;
        }
        if (!answer.isDone()) {
            if (since > LIMIT_NANOS) {
                throw new TimeoutException("no answer");
            }
            return true;
        }
        asked = null;
        askedAt = System.nanoTime();
        return topic.equals(described(answer));
    }

    private Topic described(Future<TopicDescription> answer) throws IOException {
        try {
            return Topic.of(answer.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new IOException("the topic " + topic.name() + " was deleted", e);
            }
            throw e.getCause() instanceof KafkaException own ? own : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }
}
