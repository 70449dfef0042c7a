/**
 * How others write times and numbers, and what the herd's protocol makes of them.
 *
 * <p>Pure functions for any thread, for what phones report and track files hold. It depends on {@code java.base} only.
 */
@NullMarked
package dev.proxyherd.foreign;

import org.jspecify.annotations.NullMarked;
