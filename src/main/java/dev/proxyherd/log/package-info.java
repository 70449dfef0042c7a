/**
 * The traffic log: what a server read and wrote, line by line, in files that rotate.
 *
 * <p>Any thread fills a {@link dev.proxyherd.log.LogBatch} of its own and hands it over; one platform thread writes the
 * files, since file I/O holds a virtual thread's carrier. It depends on {@code io} only.
 */
@NullMarked
package dev.proxyherd.log;

import org.jspecify.annotations.NullMarked;
