/**
 * MQTT by the HiveMQ client library, and the only room that knows it: it is loaded with the library, by
 * {@code io.Libraries}, when a server is given a broker.
 *
 * <p>Each connection is a client of its own, which the library's way of connecting again is not asked for: a client that
 * outlives its connection keeps what was not acknowledged in a state of its own, and may then never acknowledge it. The library
 * has one thread for the sockets of a process, and some of RxJava's for what it calls back; a virtual thread of each
 * connection takes what has come.
 */
@NullMarked
package dev.proxyherd.mqtt.hive;

import org.jspecify.annotations.NullMarked;
