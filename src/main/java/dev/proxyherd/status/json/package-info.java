/**
 * How what {@code status} knows of servers is told to programs: one line of JSON, and that read again.
 *
 * <p>Any thread; nothing here has a state. It depends on {@code status} and gson.
 */
@NullMarked
package dev.proxyherd.status.json;

import org.jspecify.annotations.NullMarked;
