import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The list of what is inside, as CycloneDX has it: Maven knows the libraries, and not the Java that is packed with them. */
final class Inventory {
    private Inventory() {
    }

    /**
     * @param maven what Maven has made
     * @param modules those of the runtime, which comes from the JDK that runs this
     * @param to where to write the whole
     */
    static void write(Path maven, String modules, Path to) throws IOException {
        if (!Files.exists(maven)) {
            throw new IllegalStateException(maven + " is not there: Maven makes it online only, so leave out -o");
        }
        JsonObject inventory = JsonParser.parseString(Files.readString(maven)).getAsJsonObject();
        inventory.getAsJsonArray("components").add(runtime(modules));
        Files.writeString(to,
                new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(inventory) + '\n');
    }

    private static JsonObject runtime(String modules) {
        JsonObject runtime = new JsonObject();
        runtime.addProperty("type", "platform");
        runtime.addProperty("bom-ref", "java-runtime");
        runtime.addProperty("publisher", System.getProperty("java.vendor"));
        runtime.addProperty("name", System.getProperty("java.runtime.name"));
        runtime.addProperty("version", System.getProperty("java.runtime.version"));
        runtime.addProperty("description", "Trimmed to " + modules);
        JsonObject licence = new JsonObject();
        licence.addProperty("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
        JsonArray licences = new JsonArray();
        licences.add(licence);
        runtime.add("licenses", licences);
        return runtime;
    }
}
