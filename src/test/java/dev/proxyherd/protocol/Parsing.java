package dev.proxyherd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** Lines given as text, a character for each byte, to the parsers under test. */
final class Parsing {
    private Parsing() {
    }

    static byte[] bytes(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }

    static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            text.append((char) (b & 0xFF));
        }
        return text.toString();
    }

    /** Parses the line where it lies between digits, which a parser that looks past the range would take for its own. */
    static Command command(String line) {
        byte[] buffer = bytes("77" + line + "77");
        byte[] before = buffer.clone();
        Command command = CommandParser.parse(buffer, 2, buffer.length - 2);
        assertThat(buffer).as("the line is only read").isEqualTo(before);
        Arrays.fill(buffer, (byte) '#');
        return command;
    }

    static Command.IAmAt iAmAt(String line) {
        Command command = command(line);
        assertThat(command).as(line).isInstanceOf(Command.IAmAt.class);
        return (Command.IAmAt) command;
    }

    static Command.WhatsAt whatsAt(String line) {
        Command command = command(line);
        assertThat(command).as(line).isInstanceOf(Command.WhatsAt.class);
        return (Command.WhatsAt) command;
    }

    static void assertMalformed(String line) {
        assertThat(command(line)).as(line).isEqualTo(new Command.Malformed());
    }

    /** The location in an AT line that lies between digits; null if it is none. */
    static Location location(String line) {
        byte[] buffer = bytes("77" + line + "77");
        Location location = Location.parse(buffer, 2, buffer.length - 2, 0);
        Arrays.fill(buffer, (byte) '#');
        return location;
    }

    static Location heard(String server, long clockNanos, String iamat) {
        return Location.heard(ServerName.of(server), clockNanos, iAmAt(iamat));
    }
}
