package dev.proxyherd.places.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Gathers one answer's body up to a cap, and can be told to stop, which closes the connection: without that a body that
 * drips would go on after its lookup has given up. Its methods are called by the HTTP client's threads, one after another;
 * {@link #cancel} by the asking one.
 */
final class CappedBody implements BodyHandler<byte[]>, BodySubscriber<byte[]> {
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private volatile @Nullable Subscription subscription;
    private volatile boolean cancelled;

    /** The answer is larger than the cap. */
    static final class TooLarge extends IOException {
        TooLarge(int maxBytes) {
            super("the answer is larger than " + maxBytes + " bytes");
        }
    }

    CappedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Stops the body, if it has begun and as soon as it begins. */
    void cancel() {
        cancelled = true;
        Subscription begun = subscription;
        if (begun != null) {
            begun.cancel();
        }
    }

    @Override
    public BodySubscriber<byte[]> apply(ResponseInfo response) {
        return this;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription = begun;
        if (cancelled) {
            begun.cancel();
        } else {
            begun.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (buffer.remaining() > maxBytes - bytes.size()) {
                cancel();
                whole.completeExceptionally(new TooLarge(maxBytes));
                return;
            }
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            bytes.writeBytes(part);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(bytes.toByteArray());
    }
}
