package dev.proxyherd.places.bundled;

/**
 * Many short texts in one array, each as UTF-8: a quarter of a million {@code String}s would cost ten times the memory.
 *
 * @param bytes the texts, one after another
 * @param ends where in {@code bytes} each of them ends, and so where the next begins
 */
record PlaceTexts(byte[] bytes, int[] ends) {

    int start(int text) {
        return text == 0 ? 0 : ends[text - 1];
    }

    int end(int text) {
        return ends[text];
    }
}
