package dev.proxyherd.places.document;

import dev.proxyherd.places.PlacesException;

/** Where a JSON string, number or word ends; each method is given where it begins and is strict (RFC 8259, RFC 3629). */
final class JsonScalars {
    private static final int END = 0x100;

    private JsonScalars() {
    }

    /** The position after the closing quote. */
    static int string(byte[] in, int start) throws PlacesException {
        if (start >= in.length || in[start] != '"') {
            throw JsonSkipper.malformed(start, start >= in.length ? "it ends too early" : "no string");
        }
        int at = start + 1;
        while (true) {
            at = plain(in, at);
            int b = at < in.length ? in[at] : END;
            if (b == '"') {
                return at + 1;
            } else if (b == '\\') {
                at = escape(in, at);
            } else if (b == END) {
                throw JsonSkipper.malformed(at, "it ends inside a string");
            } else if (b >= 0) {
                throw JsonSkipper.malformed(at, "a control character in a string");
            } else {
                at = multiByte(in, at);
            }
        }
    }

    /** The next byte that is not plain ASCII text; most of a document is stepped over here. */
    private static int plain(byte[] in, int start) {
        int at = start;
        while (at < in.length && in[at] >= 0x20 && in[at] != '"' && in[at] != '\\') {
            at++;
        }
        return at;
    }

    /** The position after a number. */
    static int number(byte[] in, int start) throws PlacesException {
        if (start >= in.length) {
            throw JsonSkipper.malformed(start, "it ends too early");
        }
        int at = in[start] == '-' ? start + 1 : start;
        at = at < in.length && in[at] == '0' ? at + 1 : digits(in, at);
        if (at < in.length && in[at] == '.') {
            at = digits(in, at + 1);
        }
        if (at < in.length && (in[at] | 0x20) == 'e') {
            boolean signed = at + 1 < in.length && (in[at + 1] == '-' || in[at + 1] == '+');
            at = digits(in, signed ? at + 2 : at + 1);
        }
        return at;
    }

    /** The position after one of the words true, false and null. */
    static int word(byte[] in, int start, String word) throws PlacesException {
        for (int i = 0; i < word.length(); i++) {
            if (start + i >= in.length || in[start + i] != word.charAt(i)) {
                throw JsonSkipper.malformed(start, "no value");
            }
        }
        return start + word.length();
    }

    private static int digits(byte[] in, int start) throws PlacesException {
        int at = start;
        while (at < in.length && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw JsonSkipper.malformed(at, "no value");
        }
        return at;
    }

    private static int escape(byte[] in, int start) throws PlacesException {
        int kind = start + 1 < in.length ? in[start + 1] : -1;
        if (kind == 'u') {
            for (int i = start + 2; i < start + 6; i++) {
                if (i >= in.length || Character.digit(in[i], 16) < 0) {
                    throw JsonSkipper.malformed(i, "no four hexadecimal digits after \\u");
                }
            }
            return start + 6;
        }
        if ("\"\\/bfnrt".indexOf(kind) < 0) {
            throw JsonSkipper.malformed(start, "an unknown escape");
        }
        return start + 2;
    }

    /** One UTF-8 character of two to four bytes: shortest form only, no surrogates, at most U+10FFFF. */
    private static int multiByte(byte[] in, int start) throws PlacesException {
        int lead = in[start] & 0xff;
        int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        int code = lead & (0x3f >> more);
        for (int i = start + 1; i <= start + more; i++) {
            if (i >= in.length || (in[i] & 0xc0) != 0x80) {
                throw JsonSkipper.malformed(start, "not UTF-8");
            }
            code = code << 6 | (in[i] & 0x3f);
        }
        int least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
        boolean surrogate = code >= 0xd800 && code <= 0xdfff;
        if (lead < 0xc0 || lead > 0xf4 || code < least || code > 0x10ffff || surrogate) {
            throw JsonSkipper.malformed(start, "not UTF-8");
        }
        return start + more + 1;
    }
}
