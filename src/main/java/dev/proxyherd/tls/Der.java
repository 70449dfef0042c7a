package dev.proxyherd.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The few forms of DER (ITU-T X.690) that a certificate is written in. */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OID = 0x06;
    static final int UTF8_STRING = 0x0C;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    /** The tag that a structure gives a member by its number. */
    static final int CONTEXT = 0x80;
    static final int CONSTRUCTED = 0x20;

    private static final int SHORT_LENGTH = 0x80;
    private static final int BYTE = 0x100;

    private Der() {
    }

    /** One value: its tag, its length, and what it consists of. */
    static byte[] value(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < SHORT_LENGTH) {
            out.write(length);
        } else if (length < BYTE) {
            out.write(SHORT_LENGTH | 1);
            out.write(length);
        } else {
            out.write(SHORT_LENGTH | 2);
            out.write(length / BYTE);
            out.write(length);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] text(int tag, String text) {
        return value(tag, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A string of bits that are whole bytes. */
    static byte[] bits(byte[] bytes) {
        return value(BIT_STRING, new byte[] {0}, bytes);
    }

    /** @param encoded the object identifier's bytes */
    static byte[] oid(int... encoded) {
        byte[] bytes = new byte[encoded.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) encoded[i];
        }
        return value(OID, bytes);
    }
}
