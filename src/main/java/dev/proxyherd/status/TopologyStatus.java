package dev.proxyherd.status;

import org.jspecify.annotations.Nullable;

/**
 * Which herd a server belongs to, by its topology file.
 *
 * @param hash of the servers, the links and what all servers must agree on; equal on servers that go by the same herd
 * @param reload what came of reading the file again, the last time that there was something to tell; null when there was
 *     not
 */
public record TopologyStatus(String hash, @Nullable ReloadStatus reload) {
}
