package dev.proxyherd.places;

/**
 * What a provider answers: a document in the shape of Google Places Nearby Search, whole as the provider sent it. Who made
 * this has checked it and looked at each of its bytes once; whoever keeps it, hands it on or cuts it relies on its shape.
 *
 * @param bytes the document, UTF-8; shared, not copied: never change it
 * @param shape what is in it, and where
 */
public record ProviderDocument(byte[] bytes, DocumentShape shape) {
}
