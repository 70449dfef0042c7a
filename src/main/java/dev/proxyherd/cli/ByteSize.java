package dev.proxyherd.cli;

/** A number of bytes, as typed with a unit. */
record ByteSize(long bytes) {
}
