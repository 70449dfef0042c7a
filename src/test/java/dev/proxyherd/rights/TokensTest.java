package dev.proxyherd.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.store.ClientPattern;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
    private static final String ANNS = Token.make(new SecureRandom());

    private static Rights rights(String name, List<String> report, List<String> see, boolean admin) {
        return new Rights(name, ClientPatterns.of(report), ClientPatterns.of(see), admin);
    }

    private static Token token(String name, String secret) {
        return new Token(Token.hash(secret), rights(name, List.of(name + "/*"), List.of("*"), false), null);
    }

    @Nested
    class WhatATokenMayDo {
        @Test
        void isWhatItsPatternsSay() {
            Rights ann = rights("ann", List.of("ann/*"), List.of("ann/*", "bob/phone"), false);
            assertThat(ann.mayReport("ann/phone")).isTrue();
            assertThat(ann.mayReport("bob/phone")).isFalse();
            assertThat(ann.maySee("ann/watch")).isTrue();
            assertThat(ann.maySee("bob/phone")).isTrue();
            assertThat(ann.maySee("bob/phones")).isFalse();
            assertThat(ann.seesAll()).isFalse();
        }

        @Test
        void isEverythingForAnAdmin() {
            Rights admin = rights("ops", List.of(), List.of(), true);
            assertThat(admin.mayReport("any")).isTrue();
            assertThat(admin.maySee("any")).isTrue();
            assertThat(admin.seesAll()).isTrue();
        }

        @Test
        void isNothingWhereNothingIsSaid() {
            Rights none = rights("eve", List.of(), List.of(), false);
            assertThat(none.mayReport("eve")).isFalse();
            assertThat(none.maySee("eve")).isFalse();
            assertThat(Rights.NONE.maySee("")).isFalse();
        }

        @Test
        void countsBytesAndNoLikeness() {
            Rights bytes = rights("jo", List.of(), List.of("J\u00c3\u00bcrgen/*"), false);
            assertThat(bytes.maySee("J\u00c3\u00bcrgen/phone")).as("the bytes of \u00fc in UTF-8").isTrue();
            assertThat(bytes.maySee("j\u00c3\u00bcrgen/phone")).as("another case").isFalse();
            assertThat(bytes.maySee("Ju\u00cc\u0088rgen/phone")).as("u and a combining diaeresis").isFalse();
            assertThat(bytes.maySee("J\u00fcrgen/phone")).as("Latin-1").isFalse();
        }

        @Test
        void isAllWhereAPatternIsAStar() {
            assertThat(rights("prom", List.of(), List.of("x", "**"), false).seesAll()).isTrue();
            assertThat(rights("prom", List.of(), List.of("?*"), false).seesAll()).as("almost all").isFalse();
        }

        @Test
        void isForClientsThatBeginAsItsPatternsDo() {
            assertThat(ClientPatterns.of(List.of("ann/*", "b?b", "van", "*x")).beginnings())
                    .containsExactlyInAnyOrder("ann/", "b", "van", "");
        }

        @ParameterizedTest
        @CsvSource({"ann/*, ann/*, true", "ann/*, */phone, true", "ann/*, bob/*, false", "ann/?, ann/*, true",
            "ann, ann, true", "ann, a?n, true", "ann, an, false", "*a, a*, true", "?, *, true", "a*b*c, a?c, true",
            "a*b, *c, false", "*, '', true", "?, '', false", "ab*, *ba, true", "a?, ?, false"})
        void canMeetWhatAnotherPatternMeans(String one, String other, boolean could) {
            assertThat(ClientPatterns.of(List.of(one)).couldMeet(new ClientPattern(other))).isEqualTo(could);
            assertThat(ClientPatterns.of(List.of(other)).couldMeet(new ClientPattern(one))).isEqualTo(could);
            assertThat(ClientPatterns.NONE.couldMeet(new ClientPattern(one))).isFalse();
        }

        @Test
        void isTheSameInWhateverOrderItsPatternsAre() {
            assertThat(ClientPatterns.of(List.of("b", "a*", "b"))).isEqualTo(ClientPatterns.of(List.of("a*", "b")))
                    .hasSameHashCodeAs(ClientPatterns.of(List.of("a*", "b")))
                    .isNotEqualTo(ClientPatterns.of(List.of("a*")));
        }
    }

    @Nested
    class Looking {
        private final Tokens tokens = new Tokens(List.of(token("ann", ANNS), token("bob", "other")));

        @Test
        void findsATokenByWhatIsShown() {
            assertThat(tokens.shown(ANNS)).isEqualTo(token("ann", ANNS));
            assertThat(tokens.shown(ANNS + ' ')).isNull();
            assertThat(tokens.shown("")).isNull();
            assertThat(tokens.shown(Token.hash(ANNS))).as("who has read the file has no token").isNull();
        }

        @Test
        void findsATokenByItsNameExactly() {
            assertThat(tokens.named("bob")).isEqualTo(token("bob", "other"));
            assertThat(tokens.named("Bob")).isNull();
        }

        @Test
        void isNeverUnsureWhichIsMeant() {
            assertThatThrownBy(() -> new Tokens(List.of(token("ann", "1"), token("ann", "2"))))
                    .hasMessageContaining("two tokens 'ann'");
            assertThatThrownBy(() -> new Tokens(List.of(token("ann", "1"), token("bob", "1"))))
                    .hasMessageContaining("'ann' and 'bob'");
        }
    }

    @Nested
    class ANewToken {
        @Test
        void hasAllTheRandomBitsAndIsFitForUrlsAndHeaders() {
            Set<String> made = new HashSet<>();
            SecureRandom random = new SecureRandom();
            for (int i = 0; i < 100; i++) {
                String token = Token.make(random);
                assertThat(token).matches("herd_[A-Za-z0-9_-]{43}");
                made.add(token);
            }
            assertThat(made).hasSize(100);
        }

        @Test
        void isHashedAsEveryToolDoes() {
            assertThat(Token.hash("abc"))
                    .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        }
    }
}
