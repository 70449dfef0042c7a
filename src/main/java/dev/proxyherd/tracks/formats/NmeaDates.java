package dev.proxyherd.tracks.formats;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dates for times of day that stand between moments whose dates are known: each is on the date on which it is nearest to its
 * neighbour, before it or after it, so a sentence that comes late across midnight is yesterday's.
 */
final class NmeaDates {
    /** Where no date is known at all; there are days before it, as a sentence may come late. */
    private static final LocalDate ANY_DAY = LocalDate.of(2000, 1, 1);

    private NmeaDates() {
    }

    /**
     * The moments that these times are, in their order. Where counting from the one end and from the other disagree, the
     * recorder was off for a day or more: that was at the largest step.
     *
     * @param before the last known moment before them; null if there is none
     * @param after the first known moment after them; null if there is none
     */
    static LocalDateTime[] resolve(@Nullable LocalDateTime before, List<LocalTime> times,
            @Nullable LocalDateTime after) {
        LocalDateTime[] moments = new LocalDateTime[times.size()];
        if (times.isEmpty()) {
            return moments;
        }
        if (after == null) {
            countOn(before == null ? ANY_DAY.atTime(times.getFirst()) : before, times, moments, times.size());
        } else if (before == null) {
            countBack(after, times, moments, 0);
        } else {
            int step = largestStep(before.toLocalTime(), times, after.toLocalTime());
            countOn(before, times, moments, step);
            countBack(after, times, moments, step);
        }
        return moments;
    }

    private static void countOn(LocalDateTime from, List<LocalTime> times, LocalDateTime[] moments, int until) {
        LocalDateTime last = from;
        for (int i = 0; i < until; i++) {
            last = nearest(times.get(i), last);
            moments[i] = last;
        }
    }

    private static void countBack(LocalDateTime from, List<LocalTime> times, LocalDateTime[] moments, int until) {
        LocalDateTime next = from;
        for (int i = times.size() - 1; i >= until; i--) {
            next = nearest(times.get(i), next);
            moments[i] = next;
        }
    }

    /** How many of the times come before it. */
    private static int largestStep(LocalTime before, List<LocalTime> times, LocalTime after) {
        int at = 0;
        Duration largest = Duration.ofNanos(-1);
        for (int i = 0; i <= times.size(); i++) {
            Duration step = step(i == 0 ? before : times.get(i - 1), i == times.size() ? after : times.get(i));
            if (step.compareTo(largest) > 0) {
                largest = step;
                at = i;
            }
        }
        return at;
    }

    private static Duration step(LocalTime from, LocalTime to) {
        LocalDateTime start = ANY_DAY.atTime(from);
        return Duration.between(start, nearest(to, start)).abs();
    }

    private static LocalDateTime nearest(LocalTime time, LocalDateTime to) {
        LocalDateTime sameDay = to.toLocalDate().atTime(time);
        Duration ahead = Duration.between(to, sameDay);
        return ahead.compareTo(Duration.ofHours(12)) > 0 ? sameDay.minusDays(1)
                : ahead.compareTo(Duration.ofHours(-12)) < 0 ? sameDay.plusDays(1) : sameDay;
    }
}
