/**
 * A whole server, and a whole herd, seen from outside; and what such tests share: {@link dev.proxyherd.server.TestHerd}
 * runs real servers on free loopback ports, {@link dev.proxyherd.server.RawClient} talks bytes to them,
 * {@link dev.proxyherd.server.FaultyProxy} stands between neighbours and breaks what passes.
 */
package dev.proxyherd.server;
