package dev.proxyherd.protocol;

import java.util.Random;

/** Lines that are valid, nearly valid, or nothing of the kind. */
final class RandomLines {
    private static final String[] CHUNKS =
            {" ", "\t", "\r", "+", "-", ".", "0", "9", "90", "180", "50", "20", "IAMAT", "WHATSAT",
                "AT ", "GONE ", "kiwi", "e", "\u00FF", "\0", "9223372035", "000000000000000000000000", "1", "\f",
                "\u000B", "\n",
                "Alford", "HERD 2 ",
                "LINK ", "BEAT", "PROOF ", "REFUSED ", "WELCOME"};

    private final Random random;

    RandomLines(long seed) {
        this.random = new Random(seed);
    }

    String valid() {
        return random.nextBoolean() ? iAmAt() : space("") + "WHATSAT" + space(" ") + client() + space(" ") + number(50)
                + space(" ") + whole(20) + space("");
    }

    String iAmAt() {
        return space("") + "IAMAT" + space(" ") + client() + space(" ") + position() + space(" ")
                + number(9_223_372_035L)
                + space("");
    }

    String atLine() {
        return "AT Alford " + sign() + whole(9_223_372_034L) + String.format(".%09d ", random.nextInt(1_000_000_000))
                + client() + ' ' + position() + ' ' + number(9_223_372_035L);
    }

    String goneLine() {
        return "GONE Alford " + sign() + whole(9_223_372_034L) + String.format(".%09d ", random.nextInt(1_000_000_000))
                + client() + ' ' + whole(9_223_372_035L) + String.format(".%09d", random.nextInt(3));
    }

    /** One to three small changes to a line. */
    String mutated(String line) {
        StringBuilder changed = new StringBuilder(line);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(changed.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> changed.insert(at, chunk());
                case 1 -> changed.delete(at, Math.min(changed.length(), at + 1 + random.nextInt(3)));
                case 2 -> changed.replace(at, Math.min(changed.length(), at + 1),
                        String.valueOf((char) random.nextInt(256)));
                default -> changed.setLength(at);
            }
        }
        return changed.toString();
    }

    String garbage() {
        StringBuilder line = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            line.append(random.nextInt(3) > 0 ? chunk() : String.valueOf((char) random.nextInt(256)));
        }
        return line.toString();
    }

    private String chunk() {
        return CHUNKS[random.nextInt(CHUNKS.length)];
    }

    private String space(String least) {
        return random.nextInt(4) > 0 ? least : least + " \t\r\f\u000B".charAt(random.nextInt(5));
    }

    private String client() {
        return random.nextInt(4) > 0 ? "kiwi" + random.nextInt(9) : "\u00E9\u0000" + (char) (128 + random.nextInt(128));
    }

    private String position() {
        return sign() + number(90) + sign() + number(180);
    }

    private String sign() {
        return random.nextBoolean() ? "+" : "-";
    }

    /** A number at or near the edges of 0 to max, or between. */
    private String number(long max) {
        String fraction = random.nextInt(3) == 0 ? "" : "." + "0".repeat(random.nextInt(25)) + random.nextInt(2);
        return whole(max) + fraction;
    }

    private String whole(long max) {
        long value = switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> max;
            case 2 -> random.nextInt(4) == 0 ? max + 1 : max - 1;
            default -> random.nextLong(max);
        };
        return "0".repeat(random.nextInt(4) == 0 ? random.nextInt(30) : 0) + value;
    }
}
