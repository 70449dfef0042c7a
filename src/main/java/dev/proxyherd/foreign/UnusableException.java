package dev.proxyherd.foreign;

import org.jspecify.annotations.Nullable;

/** Why a point or a place of a file cannot be used. Thrown for each such line, so it carries no stack trace. */
public final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MAX_EXAMPLE = 40;

    private final String kind;
    private final @Nullable String example;
    private final @Nullable String mend;
    private final boolean isDamage;

    /**
     * What the file itself says is of no use, and so no fault of the file.
     *
     * @param kind as in the constructors
     */
    public static UnusableException declared(String kind) {
        return new UnusableException(kind, null, null, false);
    }

    /** @param kind what those of this kind are, after their number: {@code without a checksum} */
    public UnusableException(String kind) {
        this(kind, null, null);
    }

    /**
     * @param kind what those of this kind are, after their number and before the example: {@code with a latitude}
     * @param example what the file says there, a text of others; null for nothing to show
     * @param mend what is wrong with it; null where that is plain
     */
    public UnusableException(String kind, @Nullable String example, @Nullable String mend) {
        this(kind, example, mend, true);
    }

    private UnusableException(String kind, @Nullable String example, @Nullable String mend, boolean isDamage) {
        super(kind, null, false, false);
        this.isDamage = isDamage;
        this.kind = kind;
        this.example = example == null ? null : harmless(example);
        this.mend = mend;
    }

    String kind() {
        return kind;
    }

    /** Null for nothing to show. */
    @Nullable
    String example() {
        return example;
    }

    /** Null where it is plain. */
    @Nullable
    String mend() {
        return mend;
    }

    boolean isDamage() {
        return isDamage;
    }

    /** Short, and without the control characters that a terminal would obey. */
    private static String harmless(String text) {
        String plain = text.strip().replaceAll("\\p{Cntrl}", "?");
        return plain.length() > MAX_EXAMPLE ? plain.substring(0, MAX_EXAMPLE) + "..." : plain;
    }
}
