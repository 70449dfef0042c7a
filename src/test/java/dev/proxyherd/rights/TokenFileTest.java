package dev.proxyherd.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TokenFileTest {
    private static final Path PATH = Path.of("tokens.json");
    private static final String HASH = Token.hash("secret");
    private static final String WHOLE = """
            {"tokens": [
              {"name": "ann", "sha256": "%s", "report": ["ann/*"], "see": ["ann/*", "bob/*"], "title": "Ann B."},
              {"name": "ops", "sha256": "%s", "admin": true}
            ]}
            """.formatted(HASH, Token.hash("other"));

    private static Tokens parse(String text) throws IOException {
        return TokenFile.parse(PATH, text.getBytes(StandardCharsets.UTF_8));
    }

    @Nested
    class AGoodFile {
        @Test
        void saysWhoMayDoWhat() throws IOException {
            Token ann = parse(WHOLE).shown("secret");
            assertThat(ann).isNotNull();
            assertThat(ann.title()).isEqualTo("Ann B.");
            assertThat(ann.rights().mayReport("ann/phone")).isTrue();
            assertThat(ann.rights().maySee("bob/phone")).isTrue();
            assertThat(ann.rights().admin()).isFalse();
            assertThat(parse(WHOLE).named("ops").rights().admin()).isTrue();
        }

        @Test
        void mayBeginWithAByteOrderMark() throws IOException {
            assertThat(parse('\uFEFF' + WHOLE).all()).hasSize(2);
        }

        @Test
        void mayHaveNoToken() throws IOException {
            assertThat(parse("{\"tokens\": []}").all()).isEmpty();
        }

        @Test
        void meansTheBytesOfWhatIsWritten() throws IOException {
            Tokens tokens =
                    parse("{\"tokens\":[{\"name\":\"j\",\"sha256\":\"" + HASH + "\",\"see\":[\"J\u00fcrgen\"]}]}");
            assertThat(tokens.all().getFirst().rights().maySee("J\u00c3\u00bcrgen")).isTrue();
        }
    }

    @Nested
    class AFault {
        private void assertFault(String text, String... words) {
            assertThatThrownBy(() -> parse(text)).isInstanceOf(IOException.class)
                    .hasMessageStartingWith("tokens.json: ").hasMessageContainingAll(words);
        }

        private String token(String fields) {
            return "{\"tokens\": [{\"name\": \"ann\", \"sha256\": \"" + HASH + "\"" + fields + "}]}";
        }

        @Test
        void isToldWithItsPlaceAndItsMend() {
            assertFault(token(", \"sees\": []"), "line 1 column", "'sees'", "the keys are name, sha256");
            assertFault("{\"tokens\": [{\"name\": \"ann\"}]}", "token number 1, 'ann', has no sha256");
            assertFault("{\"tokens\": [{\"sha256\": \"" + HASH + "\"}]}", "token number 1 has no name");
            assertFault("{\"tokens\": [{\"name\": \"Ann B\"}]}", "'Ann B' is no name", "1 to 64 of");
            assertFault("{\"tokens\": [{\"sha256\": \"secret\"}]}", "64 hexadecimal digits");
            assertFault(token(", \"report\": [\"a b\"]"), "'a b' has white space", "%20");
            assertFault(token(", \"report\": [\"\"]"), "1 to 1024 bytes");
            assertFault(token(", \"report\": \"a\""), "no JSON of tokens");
            assertFault(token(", \"report\": [5]"), "text in quotes");
            assertFault(token(", \"admin\": \"yes\""), "no JSON of tokens");
            assertFault(token(", \"title\": \"\""), "1 to 100 characters");
            assertFault(token(", \"admin\": true, \"admin\": false"), "'admin' is there twice");
            assertFault("{}", "the key tokens is missing");
            assertFault("", "ends too early");
            assertFault("{\"tokens\": []} x", "no JSON");
            assertFault("{\"tokens\": [], \"more\": 1}", "unknown key 'more'");
            assertFault("[]", "no JSON of tokens");
        }

        @Test
        void isThereWhereTwoAreAlike() {
            assertFault(WHOLE.replace("ops", "ann"), "two tokens 'ann'");
            assertFault(WHOLE.replace(Token.hash("other"), HASH), "'ann' and 'ops' have the same sha256");
        }

        @Test
        void isThereWhereTheFileIsNotUtf8() {
            byte[] latin1 = WHOLE.replace("Ann B.", "J\u00fcrgen").getBytes(StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> TokenFile.parse(PATH, latin1)).hasMessageContaining("not UTF-8");
        }

        @Test
        void isThereWhereOnlyPartOfTheFileIs() {
            byte[] whole = WHOLE.strip().getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < whole.length; length++) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> TokenFile.parse(PATH, part)).as("%d bytes", length)
                        .isInstanceOf(IOException.class);
            }
        }

        @Test
        void isAllThatAnyBytesCanCause() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 5_000; i++) {
                byte[] bytes = whole.clone();
                for (int changes = random.nextInt(4); changes >= 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                try {
                    TokenFile.parse(PATH, bytes);
                } catch (IOException fault) {
                    assertThat(fault).as("seed %d", seed).hasMessageStartingWith("tokens.json: ");
                }
            }
        }
    }
}
