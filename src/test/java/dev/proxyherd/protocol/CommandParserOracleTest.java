package dev.proxyherd.protocol;

import static dev.proxyherd.protocol.Parsing.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CommandParserOracleTest {
    private static final int LINES = 40_000;

    @Test
    void validLinesMeanWhatTheOracleSays() {
        int valid = 0;
        for (long seed = 0; seed < LINES; seed++) {
            valid += agree(seed, new RandomLines(seed).valid()).equals("malformed") ? 0 : 1;
        }
        assertThat(valid).as("most of these lines are valid").isGreaterThan(LINES / 2);
    }

    @Test
    void nearlyValidLinesMeanWhatTheOracleSays() {
        int valid = 0;
        for (long seed = 0; seed < LINES; seed++) {
            RandomLines lines = new RandomLines(seed);
            valid += agree(seed, lines.mutated(lines.valid())).equals("malformed") ? 0 : 1;
        }
        assertThat(valid).as("some of these lines are valid, not most").isBetween(LINES / 20, LINES / 2);
    }

    @Test
    void piecesInAnyOrderMeanWhatTheOracleSays() {
        for (long seed = 0; seed < LINES; seed++) {
            agree(seed, new RandomLines(seed).garbage());
        }
    }

    @Test
    void randomBytesNeverMakeItThrow() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] line = new byte[random.nextInt(300)];
            random.nextBytes(line);
            agree(seed, Parsing.text(line));
        }
    }

    private static String agree(long seed, String line) {
        byte[] buffer = bytes("+9" + line + "9 9");
        String expected = ParserOracle.meaning(line);
        String actual;
        try {
            actual = ParserOracle.text(CommandParser.parse(buffer, 2, buffer.length - 3));
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ", line '" + line + "'", e);
        }
        if (!actual.equals(expected)) {
            assertThat(actual).as("seed %d, line '%s'", seed, line).isEqualTo(expected);
        }
        return actual;
    }
}
