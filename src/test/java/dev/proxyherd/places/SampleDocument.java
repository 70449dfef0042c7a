package dev.proxyherd.places;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A Nearby Search document made of its parts, so that what a cut must leave can be put together without any parser.
 *
 * @param head all up to and with the bracket that opens results
 * @param elements each with the white space (and comma) before it
 * @param tail what follows the last element
 */
public record SampleDocument(String head, List<String> elements, String tail) {
    private static final List<String> NAMES = List.of("Café Zoë", "The \\\"Quoted\\\" Shop", "Back\\\\Slash", "二番館",
            "Пекарня", "\\u003cTag\\u003e", "Pizza 🍕", "] } , [ {", "tab\\there", "ends with a backslash \\\\");

    /** A document with so many results in Google's white space, with runs of newlines strewn in. */
    public static SampleDocument random(RandomGenerator random, int results) {
        boolean newer = random.nextBoolean();
        String open = newer ? " : \n   [" : " : [";
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            elements.add((i == 0 ? "" : ",") + newlines(random) + element(random, i));
        }
        String head = "{\n   \"html_attributions\" : []," + newlines(random)
                + "   \"next_page_token\" : \"Aci_" + random.nextInt(1000) + "-x\",\n   \"results\"" + open;
        String tail = (results == 0 ? "" : newlines(random)) + "   ],\n   \"status\" : \"OK\"\n}" + newlines(random);
        return new SampleDocument(head, List.copyOf(elements), tail);
    }

    public String whole() {
        return head + String.join("", elements) + tail;
    }

    /** What PROTOCOL says remains for a bound. */
    public String cutTo(int bound) {
        int kept = Math.min(bound, elements.size());
        return (head + String.join("", elements.subList(0, kept)) + tail).replaceAll("\n{2,}", "\n").replaceAll("\n+$",
                "");
    }

    private static String newlines(RandomGenerator random) {
        return random.nextInt(3) > 0 ? "\n" : random.nextBoolean() ? "\n".repeat(random.nextInt(2, 6)) : "\n   \n";
    }

    private static String element(RandomGenerator random, int i) {
        return """
                      {
                         "geometry" : {
                            "location" : { "lat" : 34.04799999999999, "lng" : -118.%d }
                         },
                         "name" : "%s",%s                         "open" : [ true, false, null, [], {} ],
                         "rating" : %s,
                         "types" : [ "cafe", "food" ],
                         "vicinity" : "%d Sample Street\\n\\nLos Angeles"
                      }""".formatted(random.nextInt(1, 10_000), NAMES.get(random.nextInt(NAMES.size())),
                newlines(random),
                List.of("5", "4.60", "1e0", "-0.5E+2").get(random.nextInt(4)), i);
    }
}
