package dev.proxyherd.cli.options;

/** A number of bytes, as typed with a unit. */
public record ByteSize(long bytes) {
}
