package dev.proxyherd.link.handshake;

/**
 * A secret that people may have chosen. Whoever listens in a server's place gets a proof of it and can try guesses at home:
 * so the key is derived from it at a cost, which each guess has, too.
 */
public final class Passphrase {
    /** OWASP's advice for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet, 2023 to 2026). */
    static final int ROUNDS = 600_000;

    /** All servers of a herd must come to the same key, and have nothing but the secret in common. */
    static final String SALT = "proxy herd: the key of the links";

    /**
     * What is kept beside a key must tell at each start whether it is this secret's, sooner than deriving it again. Whoever
     * reads it can try guesses at a fiftieth of the cost; but that one has read the key itself, which is all that the secret
     * is good for in a herd.
     */
    static final int CHECK_ROUNDS = ROUNDS / 50;

    static final String CHECK_SALT = "proxy herd: the key that is kept";

    private final byte[] bytes;

    Passphrase(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** The key, 32 bytes. Takes some 0.3 s of a processor. */
    public byte[] key() {
        return Pbkdf2.derive(bytes, SALT, ROUNDS);
    }

    /** Shows that a key is this secret's and unchanged, 32 bytes; nobody can make one without the secret. */
    public byte[] check(byte[] key) {
        return Secret.mac(Pbkdf2.derive(bytes, CHECK_SALT, CHECK_ROUNDS), key);
    }

    @Override
    public String toString() {
        return "Passphrase";
    }
}
