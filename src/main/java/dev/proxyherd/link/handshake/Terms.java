package dev.proxyherd.link.handshake;

import dev.proxyherd.protocol.HelloValues;
import dev.proxyherd.protocol.LinkMessage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an end of a handshake says of itself in its first line, and on what terms it deals with what the other end says of
 * itself there.
 *
 * @param self the name of this server
 * @param expirySeconds after how long locations expire here; 0 when they do not
 * @param keepSeconds after how long GONE lines are dropped here; 0 when they are kept for good
 */
record Terms(String self, long expirySeconds, long keepSeconds) {
    private static final String ABILITIES = "abilities";
    private static final String EXPIRE_AFTER = "expireAfter";
    private static final String FORGET_KEEP = "forgetKeep";

    /** What this end says. */
    HelloValues said(LinkMessage.Role role) {
        HelloValues abilities = HelloValues.NONE.with(ABILITIES, Ability.list(role));
        return role == LinkMessage.Role.LINK
                ? abilities.with(EXPIRE_AFTER, String.valueOf(expirySeconds)).with(FORGET_KEEP,
                        String.valueOf(keepSeconds))
                : abilities;
    }

    /** The abilities that both ends have. */
    static Set<Ability> common(LinkMessage.Role role, HelloValues said) {
        String list = said.get(ABILITIES);
        return Ability.common(role, list == null ? "" : list);
    }

    /** Why no version is common to both, in words; null if one is. */
    @Nullable
    String versionFault(String other, List<Integer> versions) {
        if (versions.contains(LinkMessage.VERSION)) {
            return null;
        }
        String spoken = String.join(", ", versions.stream().map(String::valueOf).toList());
        return (other.isEmpty() ? "the other end" : other) + " speaks version " + spoken
                + " of the links' language, and " + self + " version " + LinkMessage.VERSION
                + "; run builds that have one in common";
    }

    /** What is wrong with what the other end says of itself, in words, or null. */
    @Nullable
    String fault(LinkMessage.Role role, String other, HelloValues said) {
        String missing = Ability.missing(role, common(role, said));
        if (!missing.isEmpty()) {
            return other + " lacks what a link to " + self + " needs (" + missing
                    + "); run a newer build there, or the same on both";
        }
        if (role != LinkMessage.Role.LINK) {
            return null;
        }
        for (String key : List.of(EXPIRE_AFTER, FORGET_KEEP)) {
            if (said.get(key) == null) {
                return other + " does not say its " + key + "; run the same build on both";
            }
        }
        String expiry = said.get(EXPIRE_AFTER);
        String keep = said.get(FORGET_KEEP);
        if (!String.valueOf(expirySeconds).equals(expiry)) {
            return "locations expire after " + expiry + " s at " + other + " and after " + expirySeconds + " s at "
                    + self + " (0: never); give both the same expireAfter";
        }
        return String.valueOf(keepSeconds).equals(keep) ? null
                : "forgotten clients are kept in mind for " + keep + " s at " + other + " and for " + keepSeconds
                        + " s at " + self + " (0: for good); give both the same forgetKeep";
    }
}
