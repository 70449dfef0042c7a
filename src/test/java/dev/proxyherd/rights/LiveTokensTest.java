package dev.proxyherd.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTokensTest {
    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = folder.resolve("tokens.json");
        Files.writeString(file, tokens("ann"));
    }

    private static String tokens(String... names) {
        List<String> all = new ArrayList<>();
        for (String name : names) {
            all.add("{\"name\":\"" + name + "\",\"sha256\":\"" + Token.hash(name) + "\",\"see\":[\"" + name + "/*\"]}");
        }
        return "{\"tokens\":[" + String.join(",", all) + "]}\n";
    }

    private LiveTokens live() throws IOException {
        return new LiveTokens(file, notes::add, warnings::add);
    }

    @Nested
    class AChangedFile {
        @Test
        void countsFromTheNextLookOn() throws IOException {
            LiveTokens live = live();
            Token ann = live.current().named("ann");
            Files.writeString(file, tokens("bob"));
            assertThat(live.holds(ann)).isTrue();
            live.look();
            assertThat(live.holds(ann)).isFalse();
            assertThat(live.of("ann")).isEqualTo(Rights.NONE);
            assertThat(live.of("bob").maySee("bob/phone")).isTrue();
            assertThat(notes).containsExactly(file + " has changed, and counts as it is from now on");
            live.look();
            assertThat(notes).hasSize(1);
        }

        @Test
        void countsWhereALinkLeadsElsewhere() throws IOException {
            Path other = Files.writeString(folder.resolve("other.json"), tokens("bob"));
            Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
            LiveTokens live = new LiveTokens(link, notes::add, warnings::add);
            Files.createSymbolicLink(folder.resolve("next"), other);
            Files.move(folder.resolve("next"), link, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            live.look();
            assertThat(live.current().named("bob")).isNotNull();
            assertThat(live.current().named("ann")).isNull();
        }

        @Test
        void endsATokenThatWasMadeAnewUnderItsName() throws IOException {
            LiveTokens live = live();
            Token before = live.current().named("ann");
            Files.writeString(file, tokens("ann").replace(Token.hash("ann"), Token.hash("anew")));
            live.look();
            assertThat(live.holds(before)).isFalse();
            assertThat(live.current().shown("ann")).isNull();
        }
    }

    @Nested
    class AFaultyFile {
        @Test
        void changesNothingAndIsToldOnce() throws IOException {
            LiveTokens live = live();
            Files.writeString(file, "{\"tokens\": [");
            live.look();
            live.look();
            assertThat(live.current().named("ann")).isNotNull();
            assertThat(warnings).hasSize(1).first().asString().contains("tokens.json", "ends too early",
                    "what it said before still holds");
        }

        @Test
        void changesNothingWhereItHasGone() throws IOException {
            LiveTokens live = live();
            Files.delete(file);
            live.look();
            live.look();
            assertThat(live.current().named("ann")).isNotNull();
            assertThat(warnings).containsExactly(
                    file + ": no such file or folder; what it said before still holds");
        }

        @Test
        void isToldAgainAfterItWasGood() throws IOException {
            LiveTokens live = live();
            for (String content : List.of("", tokens("bob"), "")) {
                Files.writeString(file, content);
                live.look();
            }
            assertThat(warnings).hasSize(2);
            assertThat(live.current().named("bob")).isNotNull();
        }

        @Test
        void isRefusedAtTheStart() throws IOException {
            Files.writeString(file, "[]");
            assertThatThrownBy(LiveTokensTest.this::live).isInstanceOf(IOException.class)
                    .hasMessageContaining("tokens.json");
            Files.delete(file);
            assertThatThrownBy(LiveTokensTest.this::live).hasMessage(file + ": no such file or folder");
            assertThatThrownBy(() -> new LiveTokens(folder, notes::add, warnings::add))
                    .hasMessage(folder + ": is no file that can be read again");
        }
    }
}
