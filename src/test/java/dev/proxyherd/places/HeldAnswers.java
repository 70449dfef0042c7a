package dev.proxyherd.places;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers that wait until the test lets them go, so that nothing hangs on how fast it is; it counts what waits. */
public final class HeldAnswers implements FakeUpstream.Play {
    private final FakeUpstream.Play answer;
    private final Semaphore free = new Semaphore(0);
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger mostHeld = new AtomicInteger();

    public HeldAnswers(FakeUpstream.Play answer) {
        this.answer = answer;
    }

    @Override
    public boolean play(FakeUpstream.Request request, Socket socket) throws IOException {
        mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
        free.acquireUninterruptibly();
        // Before the answer, for with it the next request may come.
        held.decrementAndGet();
        return answer.play(request, socket);
    }

    /** Lets so many go, be they here already or still to come. */
    public void letGo(int many) {
        free.release(many);
    }

    /** How many were held at the same time at most. */
    public int mostHeld() {
        return mostHeld.get();
    }
}
