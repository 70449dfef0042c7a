package dev.proxyherd.server;

import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.status.ReloadStatus;
import org.jspecify.annotations.Nullable;

/** Tells in a server's log what came of reading its topology file again, and keeps it for the status. One thread notes. */
final class ReloadNotes {
    private final TrafficLog log;
    private volatile @Nullable ReloadStatus last;

    ReloadNotes(TrafficLog log) {
        this.log = log;
    }

    /** Tells a fault once for as long as it stays, and so what takes a restart or is overruled; each change is told. */
    void note(ReloadStatus reload) {
        ReloadStatus before = last;
        String fault = reload.fault();
        if (fault != null && (before == null || !fault.equals(before.fault()))) {
            log.warn("the topology file was read again, and nothing has changed: " + fault);
        }
        reload.changes().forEach(change -> log.note("by its topology file: " + change));
        if (!reload.restart().isEmpty() && (before == null || !reload.restart().equals(before.restart()))) {
            log.warn("the topology file has changed what takes a restart: " + String.join(", ", reload.restart())
                    + "; until then it is as it was");
        }
        if (!reload.overruled().isEmpty() && (before == null || !reload.overruled().equals(before.overruled()))) {
            reload.overruled().forEach(one -> log.note("not by its topology file: " + one));
        }
        if (reload.isNews() || (before != null && before.fault() != null)) {
            last = reload;
        }
    }

    /** What came of it the last time that there was something to tell, or null. */
    @Nullable
    ReloadStatus last() {
        return last;
    }
}
