package dev.proxyherd.places.bundled;

/** What a bundled place is. The table holds these by their ordinal, so their order is part of its format. */
@SuppressWarnings("ImmutableEnumChecker") // nobody outside this room gets hold of the arrays, and nobody writes to them
enum PlaceKind {
    LOCALITY("geonames:", "[ \"locality\", \"political\" ]"),
    NEIGHBORHOOD("geonames:", "[ \"neighborhood\" ]"),
    AIRPORT("ourairports:", "[ \"airport\", \"point_of_interest\", \"establishment\" ]"),
    AIRPORT_WITHOUT_TOWN("ourairports:", "[ \"airport\", \"point_of_interest\", \"establishment\" ]");

    private static final PlaceKind[] ALL = values();

    private final byte[] idPrefix;
    private final byte[] types;

    PlaceKind(String idPrefix, String types) {
        this.idPrefix = BundledJson.bytes(idPrefix);
        this.types = BundledJson.bytes(types);
    }

    static PlaceKind of(byte ordinal) {
        return ALL[ordinal];
    }

    /** The namespace of the source's own id. */
    byte[] idPrefix() {
        return idPrefix;
    }

    /** The value of {@code types}, as JSON. */
    byte[] types() {
        return types;
    }

    boolean isAirport() {
        return this == AIRPORT || this == AIRPORT_WITHOUT_TOWN;
    }
}
