package dev.proxyherd.fences.hooks;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Reads what nobody wants to know, so that the connection can be used again, but not much of it: a receiver that goes on for long
 * has its connection closed. The HTTP client's threads call it, one after another.
 */
final class UnwantedBody implements BodyHandler<Void>, BodySubscriber<Void> {
    private static final int MOST_BYTES = 64 * 1024;

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CompletableFuture<Subscription> begun = new CompletableFuture<>();
    private int left = MOST_BYTES;

    /** Closes the connection, should there be a body, or one come. */
    void cancel() {
        var unused = begun.thenAccept(Subscription::cancel);
    }

    @Override
    public BodySubscriber<Void> apply(ResponseInfo response) {
        return this;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        begun.complete(subscription);
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            left -= Math.min(left, buffer.remaining());
        }
        if (left == 0) {
            cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The answer has come; what is wrong with the rest of it changes nothing.
        onComplete();
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
