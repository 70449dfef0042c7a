package dev.proxyherd.link.handshake;

import dev.proxyherd.protocol.LinkMessage.Role;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of the links' language that not every build of a version need speak. Both ends of a handshake list theirs, and
 * nothing is said that the other end did not list.
 */
public enum Ability {
    /** Comparing what both ends hold, by digests and fingerprints. */
    RESYNC(true, Role.LINK),
    /** That clients are forgotten, by GONE lines. */
    GONE(true, Role.LINK),
    /** Telling the dialler that another server of its name is met. */
    NAMESAKE(false, Role.LINK),
    /** Telling how much more one takes in, and whom one knows. */
    ROOM(false, Role.LINK),
    /** The question how a server is. */
    STATUS(false, Role.STATUS, Role.CHANGE),
    /** The question what a server holds for a client. */
    TRACE(false, Role.STATUS, Role.CHANGE),
    /** The question which clients a server knows. */
    CLIENTS(false, Role.STATUS, Role.CHANGE),
    /** Having a client forgotten. */
    FORGET(false, Role.CHANGE),
    /** Having a server read its topology file again. */
    RELOAD(false, Role.CHANGE);

    private final boolean needed;
    @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf makes it so
    private final Set<Role> roles;

    /**
     * @param needed whether a connection of these roles is no use without it
     * @param roles in which it is listed; what changes something belongs to {@link Role#CHANGE} only
     */
    Ability(boolean needed, Role... roles) {
        this.needed = needed;
        this.roles = Set.copyOf(List.of(roles));
    }

    /** What a handshake calls it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All that this build has in a role, as it lists them. */
    static String list(Role role) {
        return of(role).map(Ability::word).collect(Collectors.joining(","));
    }

    private static Stream<Ability> of(Role role) {
        return Stream.of(values()).filter(one -> one.roles.contains(role));
    }

    /** Those of a role that are in a list; what else is in it is of other builds, and none of this one's business. */
    static Set<Ability> common(Role role, String list) {
        Set<String> words = new HashSet<>(List.of(list.split(",")));
        Set<Ability> common = EnumSet.noneOf(Ability.class);
        of(role).filter(one -> words.contains(one.word())).forEach(common::add);
        return Collections.unmodifiableSet(common);
    }

    /** Those without which a connection of a role is no use, and that are not among these; by name, with commas. */
    static String missing(Role role, Set<Ability> common) {
        return of(role).filter(one -> one.needed && !common.contains(one)).map(Ability::word)
                .collect(Collectors.joining(", "));
    }
}
