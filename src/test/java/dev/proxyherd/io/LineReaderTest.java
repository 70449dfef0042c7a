package dev.proxyherd.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.LineReader.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class LineReaderTest {
    private static final int LIMIT = 40;

    private static String line(LineReader reader) {
        return new String(reader.buffer(), reader.start(), reader.end() - reader.start(), ISO_8859_1);
    }

    /** Reads to the end, or to the line that is too long, of which its first bytes are shown. */
    private static List<String> readAll(LineReader reader, int limit) throws IOException {
        List<String> all = new ArrayList<>();
        Kind kind;
        do {
            kind = reader.next();
            assertThat(reader.buffer().length).isLessThanOrEqualTo(Math.max(512, limit + 1));
            all.add(kind + " " + (kind == Kind.TOO_LONG ? line(reader).substring(0, limit + 1) : line(reader)));
        } while (kind == Kind.LINE);
        return all;
    }

    /** What must be read, found by cutting the whole text at its LFs. */
    private static List<String> expected(String session, int limit) {
        List<String> all = new ArrayList<>();
        String rest = session;
        for (int lf = rest.indexOf('\n'); lf >= 0 && lf <= limit; lf = rest.indexOf('\n')) {
            all.add("LINE " + rest.substring(0, lf));
            rest = rest.substring(lf + 1);
        }
        if (rest.length() > limit) {
            all.add("TOO_LONG " + rest.substring(0, limit + 1));
        } else {
            all.add(rest.isEmpty() ? "END " : "UNTERMINATED " + rest);
        }
        return all;
    }

    private static void assertReads(String session, int limit, int... splits) throws IOException {
        try (SocketPair pair = new SocketPair(splits)) {
            pair.sayLast(session.getBytes(ISO_8859_1));
            assertThat(readAll(new LineReader(pair.watched, limit), limit))
                    .as("'%s' with limit %d split at %s",
                            session.length() > 200 ? session.length() + " bytes" : session, limit,
                            java.util.Arrays.toString(splits))
                    .isEqualTo(expected(session, limit));
        }
    }

    @Nested
    class ASession {
        @ParameterizedTest
        @ValueSource(strings = {
            "IAMAT k\u00FF\0 +1+1 7\r\n\n\r\n WHATSAT k 1 1\n",
            "one\ntwo\nthree, without its end",
            "one\n\r",
            "one\n0123456789012345678901234567890123456789\n01234567890123456789012345678901234567890\nlost",
            "one\n01234567890123456789012345678901234567890"})
        void isTheSameLinesWhereverItIsSplit(String session) throws IOException {
            for (int split = 0; split <= session.length(); split++) {
                assertReads(session, LIMIT, split);
            }
            int[] everywhere = new int[session.length()];
            java.util.Arrays.setAll(everywhere, i -> i + 1);
            assertReads(session, LIMIT, everywhere);
        }

        @Test
        void ofRandomLinesIsTheSameWhateverTheReads() throws IOException {
            for (long seed = 0; seed < 150; seed++) {
                Random random = new Random(seed);
                StringBuilder session = new StringBuilder();
                for (int i = random.nextInt(60); i > 0; i--) {
                    int length = random.nextInt(4) == 0 ? random.nextInt(3000) : random.nextInt(60);
                    for (int j = 0; j < length; j++) {
                        session.append((char) ('0' + (session.length() % 75)));
                    }
                    session.append(i > 1 || random.nextBoolean() ? "\n" : "");
                }
                int[] splits = random.ints(random.nextInt(40), 0, session.length() + 1).sorted().toArray();
                assertReads(session.toString(), random.nextInt(5) == 0 ? 2000 : 4000, splits);
            }
        }
    }

    @Nested
    class ALine {
        @Test
        void endsWithLfOnlyAndKeepsItsCarriageReturn() throws IOException {
            try (SocketPair pair = new SocketPair()) {
                LineReader reader = new LineReader(pair.watched, LIMIT);
                pair.sayLast("a\rb\r\n\r\nc\n\n\r".getBytes(ISO_8859_1));
                for (String next : List.of("LINE a\rb\r", "LINE \r", "LINE c", "LINE ", "UNTERMINATED \r")) {
                    assertThat(reader.next() + " " + line(reader)).isEqualTo(next);
                    assertThat(reader.hasCarriageReturn()).as(next).isEqualTo(next.endsWith("\r"));
                }
                assertThat(reader.next()).isEqualTo(Kind.END);
                assertThat(reader.hasCarriageReturn()).isFalse();
                assertThat(reader.next()).as("again").isEqualTo(Kind.END);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 64, 510, 511, 512, 513, 1023, 1024, 8192, 65_536})
        void mayBeAsLongAsTheLimitAndNoLonger(int limit) throws IOException {
            String longest = "x".repeat(limit);
            assertReads(longest + '\n' + longest + "\n" + longest, limit);
            assertReads("y\n" + longest + "\n" + longest + "x\n", limit);
            assertReads(longest + "x", limit);
            assertReads("y\n" + longest + "\r\n", limit);
        }

        @Test
        void thatIsTooLongIsNoticedBeforeItsEndArrives() throws IOException {
            try (SocketPair pair = new SocketPair()) {
                pair.say("x".repeat(LIMIT + 1));
                assertThat(new LineReader(pair.watched, LIMIT).next()).isEqualTo(Kind.TOO_LONG);
            }
        }

        @Test
        void thatIsHereAlreadyIsKnownToBe() throws IOException {
            try (SocketPair pair = new SocketPair(13)) {
                LineReader reader = new LineReader(pair.watched, LIMIT);
                assertThat(reader.hasLine()).isFalse();
                pair.say("one\ntwo\nthree\nfour\n");
                reader.next();
                assertThat(reader.hasLine()).as("two is here").isTrue();
                reader.next();
                assertThat(reader.hasLine()).as("three is not here in full").isFalse();
                reader.next();
                assertThat(line(reader)).isEqualTo("three");
            }
        }
    }
}
