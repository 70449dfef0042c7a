/**
 * What the herd wants of an MQTT client library, and how that tells what has come of it: the library itself is known to the
 * room beside this one only, which is loaded together with it.
 *
 * <p>The library calls back on threads of its own. It depends on {@code java.base} only.
 */
@NullMarked
package dev.proxyherd.mqtt.broker;

import org.jspecify.annotations.NullMarked;
