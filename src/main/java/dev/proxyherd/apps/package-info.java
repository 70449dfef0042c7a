/**
 * What apps say of where a device is, and how that is taken in, whether it comes by HTTP or otherwise.
 *
 * <p>It runs on the thread that has received it. It depends on {@code rights}, {@code store}, {@code log}, {@code foreign},
 * {@code protocol} and gson.
 */
@NullMarked
package dev.proxyherd.apps;

import org.jspecify.annotations.NullMarked;
