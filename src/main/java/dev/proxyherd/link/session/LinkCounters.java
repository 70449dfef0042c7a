package dev.proxyherd.link.session;

import java.util.concurrent.atomic.AtomicLong;

/** What has happened on one neighbour's outgoing link since the server started; one thread writes, any may read. */
final class LinkCounters {
    final AtomicLong starts = new AtomicLong();
    final AtomicLong linesSent = new AtomicLong();
    final AtomicLong bytesSent = new AtomicLong();
    final AtomicLong linesResent = new AtomicLong();
}
