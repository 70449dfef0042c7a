package dev.proxyherd.places.bundled;

import static dev.proxyherd.places.bundled.BundledJson.bytes;

import dev.proxyherd.geo.PlusCode;
import dev.proxyherd.places.DocumentShape;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.ResultSpans;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes found places as a Google Places Nearby Search (legacy) document: its keys in alphabetical order, its white space,
 * and the credits that CC BY 4.0 asks for. Without a town to refer to there is no {@code compound_code}. It knows the shape
 * of what it writes, so nothing on the way to the client looks for it.
 */
final class BundledDocument {
    private static final byte[] HEAD = bytes("""
        {
           "html_attributions" : [
              "Places: %s, %s, merged and abridged",
              "Airports: %s, public domain"
           ],
           "results" : [""".formatted(
            link("https://www.geonames.org/", "GeoNames"),
            link("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
            link("https://ourairports.com/", "OurAirports")));

    private static final int RESULTS_KEY_AT = new String(HEAD, StandardCharsets.US_ASCII).indexOf("\"results\"");
    private static final int RESULT_INDENT = 6;

    /** A result, cut where a value goes. */
    private static final byte[][] RESULT = pieces("""
              {
                 "geometry" : {
                    "location" : {
                       "lat" : @,
                       "lng" : @
                    },
                    "viewport" : {
                       "northeast" : {
                          "lat" : @,
                          "lng" : @
                       },
                       "southwest" : {
                          "lat" : @,
                          "lng" : @
                       }
                    }
                 },
                 "name" : "@",
                 "place_id" : "@",
                 "plus_code" : {
                    @"global_code" : "@"
                 },
                 "types" : @,
                 "vicinity" : "@"
              }""");
    private static final byte[] COMPOUND_CODE = bytes("\"compound_code\" : \"");
    private static final byte[] END_COMPOUND_CODE = bytes("\",\n            ");
    private static final byte[] SPACE = bytes(" ");
    private static final byte[] COMMA = bytes(",");
    private static final byte[] COMMA_SPACE = bytes(", ");
    private static final byte[] ID_FROM_CODE = bytes("cities.json:");
    private static final byte[] TAIL = bytes("""

           ],
           "status" : "OK"
        }
        """);
    private static final byte[] TAIL_EMPTY = bytes("""
        ],
           "status" : "OK"
        }
        """);
    private static final byte[] TAIL_NONE = bytes("""
        ],
           "status" : "ZERO_RESULTS"
        }
        """);
    private static final int USUAL_RESULT_LENGTH = 1_000;

    private BundledDocument() {
    }

    /**
     * The document for a search.
     *
     * @param found what lies within the radius, in order; none means {@code ZERO_RESULTS}, whatever the bound
     * @param bound how many of them are written at most; 0 leaves {@code results} empty beside an {@code OK}
     */
    static ProviderDocument of(PlaceTable table, int[] found, int bound) {
        int written = Math.min(bound, found.length);
        BundledJson json = new BundledJson(HEAD.length + TAIL_NONE.length + written * USUAL_RESULT_LENGTH);
        json.raw(HEAD);
        int[] ends = new int[written + 1];
        ends[0] = json.length();
        for (int i = 0; i < written; i++) {
            if (i > 0) {
                json.raw(COMMA);
            }
            result(json, table, found[i]);
            ends[i + 1] = json.length();
        }
        byte[] emptyTail = found.length > 0 ? TAIL_EMPTY : TAIL_NONE;
        json.raw(written > 0 ? TAIL : emptyTail);
        ResultSpans results = new ResultSpans(RESULTS_KEY_AT, ends, written, ends[written]);
        String status = found.length > 0 ? "OK" : "ZERO_RESULTS";
        return new ProviderDocument(json.toBytes(), new DocumentShape(status, null, results,
                DocumentShape.NO_INFO_MESSAGES, false, false));
    }

    private static void result(BundledJson json, PlaceTable table, int place) {
        int latitude = table.latitudes()[place];
        int longitude = table.longitudes()[place];
        PlaceKind kind = PlaceKind.of(table.kinds()[place]);
        PlaceViewport viewport = PlaceViewport.around(table, place);
        byte[] code = new byte[PlusCode.LENGTH];
        PlusCode.write(code, 0, latitude, longitude);
        json.raw(RESULT[0]).degrees(latitude).raw(RESULT[1]).degrees(longitude);
        json.raw(RESULT[2]).degrees(viewport.north()).raw(RESULT[3]).degrees(viewport.east());
        json.raw(RESULT[4]).degrees(viewport.south()).raw(RESULT[5]).degrees(viewport.west());
        json.raw(RESULT[6]).text(table.names(), place).raw(RESULT[7]);
        id(json, table, place, kind, code);
        json.raw(RESULT[8]);
        if (kind != PlaceKind.AIRPORT_WITHOUT_TOWN) {
            compoundCode(json, table, place, kind, code);
        }
        json.raw(RESULT[9]).raw(code).raw(RESULT[10]).raw(kind.types()).raw(RESULT[11]);
        json.text(table.areaNames(), table.areas()[place]).raw(RESULT[12]);
    }

    /** The source's id; a row that came without one is known by its plus code, for no two of a kind share 150 m. */
    private static void id(BundledJson json, PlaceTable table, int place, PlaceKind kind, byte[] code) {
        int id = table.ids()[place];
        if (id == 0) {
            json.raw(ID_FROM_CODE).raw(code);
        } else {
            json.raw(kind.idPrefix()).number(id);
        }
    }

    private static void compoundCode(BundledJson json, PlaceTable table, int place, PlaceKind kind, byte[] code) {
        json.raw(COMPOUND_CODE).raw(code, PlusCode.AREA_LENGTH, code.length).raw(SPACE);
        if (!kind.isAirport()) {
            json.text(table.names(), place).raw(COMMA_SPACE);
        }
        json.text(table.areaNames(), table.areas()[place]).raw(END_COMPOUND_CODE);
    }

    private static byte[][] pieces(String template) {
        String indented = "\n" + template.indent(RESULT_INDENT).stripTrailing();
        return Arrays.stream(indented.split("@")).map(BundledJson::bytes).toArray(byte[][]::new);
    }

    private static String link(String url, String text) {
        return "\\u003ca href=\\\"" + url + "\\\"\\u003e" + text + "\\u003c/a\\u003e";
    }
}
