package dev.proxyherd.fences.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookKeyTest {
    /** The example of the specification of Standard Webhooks. */
    @Test
    void signsAsStandardWebhooksSays() {
        HookKey key = HookKey.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(key.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void isWrittenAsItIsRead() {
        String text = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        assertThat(HookKey.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_short", "whsec_not base64 at all!"})
    void thatIsNoneIsRefusedWithTheWayToMakeOne(String text) {
        assertThatThrownBy(() -> HookKey.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be whsec_ and the Base64 of 24 to 64 bytes: ")
                .hasMessageContaining("openssl rand -base64 32");
    }
}
