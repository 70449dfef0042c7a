package dev.proxyherd.kafka.client;

/**
 * While it is open, the thread loads classes that are named in settings by this room's own class loader, as Kafka's client wants
 * it: the thread's usual one does not know its libraries. Threads that are made meanwhile go on so.
 */
final class OwnLoader implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();

    OwnLoader() {
        thread.setContextClassLoader(OwnLoader.class.getClassLoader());
    }

    @Override
    public void close() {
        thread.setContextClassLoader(before);
    }
}
