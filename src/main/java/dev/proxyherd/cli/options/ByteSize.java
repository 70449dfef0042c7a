package dev.proxyherd.cli.options;

/** A number of bytes, as typed with a unit. */
public record ByteSize(long bytes) {
    /** By hand: what Java makes for records takes milliseconds at the first call, which is at each start. */
    @Override
    public String toString() {
        return Long.toString(bytes);
    }
}
