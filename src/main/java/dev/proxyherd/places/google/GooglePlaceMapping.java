package dev.proxyherd.places.google;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.places.document.JsonTree;
import dev.proxyherd.places.document.MappedDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place of the Places API (New) in the legacy shape.
 *
 * @see <a href="https://developers.google.com/maps/documentation/places/web-service/reference/rest/v1/places">the resource</a>
 */
final class GooglePlaceMapping {
    private static final List<String> PRICE_LEVELS = List.of("PRICE_LEVEL_FREE", "PRICE_LEVEL_INEXPENSIVE",
            "PRICE_LEVEL_MODERATE", "PRICE_LEVEL_EXPENSIVE", "PRICE_LEVEL_VERY_EXPENSIVE");

    private GooglePlaceMapping() {
    }

    /** The result, or null if the place has no id or no position. */
    static @Nullable JsonObject result(JsonObject place) {
        String id = JsonTree.text(place, "id");
        JsonPrimitive latitude = JsonTree.number(place, "location", "latitude");
        JsonPrimitive longitude = JsonTree.number(place, "location", "longitude");
        if (id == null || latitude == null || longitude == null) {
            return null;
        }
        String name = JsonTree.text(place, "displayName", "text");
        JsonObject result = MappedDocument.place(id, name == null ? "" : name, latitude, longitude);
        viewport(place, result.getAsJsonObject("geometry"));
        JsonTree.put(result, "types", JsonTree.at(place, "types") instanceof JsonArray types ? types : null);
        JsonTree.put(result, "vicinity", JsonTree.text(place, "shortFormattedAddress"));
        JsonTree.put(result, "rating", JsonTree.number(place, "rating"));
        JsonTree.put(result, "user_ratings_total", JsonTree.number(place, "userRatingCount"));
        JsonTree.put(result, "business_status", JsonTree.text(place, "businessStatus"));
        priceLevel(place, result);
        plusCode(place, result);
        openNow(place, result);
        return result;
    }

    /** The attributions of a place, as the legacy format has them: HTML. */
    static List<String> attributions(JsonObject place) {
        List<String> attributions = new ArrayList<>();
        for (JsonObject attribution : JsonTree.objects(place, "attributions")) {
            String provider = JsonTree.text(attribution, "provider");
            String uri = JsonTree.text(attribution, "providerUri");
            if (provider != null) {
                String name = escaped(provider);
                attributions.add(uri == null ? name : "<a href=\"" + escaped(uri) + "\">" + name + "</a>");
            }
        }
        return attributions;
    }

    private static void viewport(JsonObject place, JsonObject geometry) {
        JsonObject northeast = corner(place, "high");
        JsonObject southwest = corner(place, "low");
        if (northeast != null && southwest != null) {
            JsonObject viewport = new JsonObject();
            viewport.add("northeast", northeast);
            viewport.add("southwest", southwest);
            geometry.add("viewport", viewport);
        }
    }

    private static @Nullable JsonObject corner(JsonObject place, String which) {
        JsonPrimitive latitude = JsonTree.number(place, "viewport", which, "latitude");
        JsonPrimitive longitude = JsonTree.number(place, "viewport", which, "longitude");
        return latitude == null || longitude == null ? null : MappedDocument.point(latitude, longitude);
    }

    private static void priceLevel(JsonObject place, JsonObject result) {
        int level = PRICE_LEVELS.indexOf(String.valueOf(JsonTree.text(place, "priceLevel")));
        if (level >= 0) {
            result.addProperty("price_level", level);
        }
    }

    private static void plusCode(JsonObject place, JsonObject result) {
        JsonObject code = new JsonObject();
        JsonTree.put(code, "compound_code", JsonTree.text(place, "plusCode", "compoundCode"));
        JsonTree.put(code, "global_code", JsonTree.text(place, "plusCode", "globalCode"));
        if (!code.isEmpty()) {
            result.add("plus_code", code);
        }
    }

    private static void openNow(JsonObject place, JsonObject result) {
        JsonElement open = JsonTree.at(place, "currentOpeningHours", "openNow");
        if (open instanceof JsonPrimitive known && known.isBoolean()) {
            JsonObject hours = new JsonObject();
            hours.add("open_now", known);
            result.add("opening_hours", hours);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
