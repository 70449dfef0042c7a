package dev.proxyherd.link.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTlsTest {
    @ParameterizedTest
    @CsvSource({"AUTO,127.0.0.1,false", "AUTO,127.0.1.1,false", "AUTO,::1,false", "AUTO,::ffff:127.0.0.1,false",
        "AUTO,10.0.0.1,true", "AUTO,fe80::1,true", "ALWAYS,127.0.0.1,true", "NEVER,10.0.0.1,false"})
    void sealsWhatLeavesTheMachineUnlessItIsToldOtherwise(LinkTls mode, String address, boolean seals)
            throws IOException {
        assertThat(mode.seals(InetAddress.getByName(address))).isEqualTo(seals);
    }
}
