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
        int count = times.size();
        LocalDateTime[] moments = new LocalDateTime[count];
        if (count == 0) {
            return moments;
        }
        if (after == null) {
            forward(before == null ? ANY_DAY.atTime(times.getFirst()) : before, times, moments, count);
        } else {
            int known = before == null ? 0 : largestStep(before.toLocalTime(), times, after.toLocalTime());
            if (before != null) {
                forward(before, times, moments, known);
            }
            LocalDateTime next = after;
            for (int i = count - 1; i >= known; i--) {
                next = nearest(times.get(i), next);
                moments[i] = next;
            }
        }
        return moments;
    }

    /** Dates the first so many times, each by the one before it. */
    private static void forward(LocalDateTime before, List<LocalTime> times, LocalDateTime[] moments, int count) {
        LocalDateTime last = before;
        for (int i = 0; i < count; i++) {
            last = nearest(times.get(i), last);
            moments[i] = last;
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
