package dev.proxyherd.places.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** OpenStreetMap's tags in the format's words. */
class OsmTagsTest {
    private static JsonElement tags(String json) {
        return JsonParser.parseString(json);
    }

    @Nested
    class Types {
        @Test
        void areTheValuesOfTheKeysThatMakeAPlaceInTheirOrder() {
            assertThat(OsmTags
                    .types(tags("{\"leisure\":\"park\",\"name\":\"N\",\"shop\":\"books\",\"amenity\":\"cafe\"}")))
                    .containsExactly("cafe", "books", "park");
        }

        @Test
        void areTheKeyWhereTheValueIsYes() {
            assertThat(OsmTags.types(tags("{\"shop\":\"yes\"}"))).containsExactly("shop");
        }

        @Test
        void areEachOfSeveralValuesOnce() {
            assertThat(OsmTags.types(tags("{\"amenity\":\"cafe; bar;;cafe\",\"tourism\":\"bar\"}")))
                    .containsExactly("cafe", "bar");
        }

        @Test
        void areNoneWithoutTags() {
            assertThat(OsmTags.types(null)).isEmpty();
            assertThat(OsmTags.types(tags("{\"amenity\":7}"))).isEmpty();
        }
    }

    @Nested
    class Vicinity {
        @Test
        void isWhatIsKnownOfTheAddress() {
            assertThat(OsmTags.vicinity(tags(
                    "{\"addr:housenumber\":\"7\",\"addr:street\":\"Main St\",\"addr:city\":\"Los Angeles\"}")))
                    .isEqualTo("7 Main St, Los Angeles");
            assertThat(OsmTags.vicinity(tags("{\"addr:street\":\"Main St\",\"addr:city\":\"Los Angeles\"}")))
                    .isEqualTo("Main St, Los Angeles");
            assertThat(OsmTags.vicinity(tags("{\"addr:street\":\"Main St\"}"))).isEqualTo("Main St");
            assertThat(OsmTags.vicinity(tags("{\"addr:city\":\"Los Angeles\"}"))).isEqualTo("Los Angeles");
        }

        @Test
        void isNullWhereNothingIs() {
            assertThat(OsmTags.vicinity(tags("{\"name\":\"N\"}"))).isNull();
            assertThat(OsmTags.vicinity(null)).isNull();
        }
    }
}
