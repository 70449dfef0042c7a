package dev.proxyherd.status.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object in a server's answer; each is of the kind that is asked for, or the answer is no status.
 *
 * @param path what stands before its fields' names in messages
 */
record JsonFields(JsonObject object, String path) {

    static JsonFields of(JsonElement element, String path) throws IOException {
        if (element instanceof JsonObject object) {
            return new JsonFields(object, path);
        }
        throw noStatus((path.isEmpty() ? "it" : path.substring(0, path.length() - 1)) + " is no object");
    }

    /** What to throw when the answer is no status. */
    static IOException noStatus(String reason) {
        return new IOException("its answer is no status that this program can read: " + reason);
    }

    String text(String name) throws IOException {
        if (object.get(name) instanceof JsonPrimitive value && value.isString()) {
            return value.getAsString();
        }
        throw not(name, "text");
    }

    @Nullable
    String optionalText(String name) throws IOException {
        return optional(name) == null ? null : text(name);
    }

    long number(String name) throws IOException {
        if (object.get(name) instanceof JsonPrimitive value && value.isNumber()) {
            try {
                return Long.parseLong(value.getAsString());
            } catch (NumberFormatException fractionOrTooLarge) {
                throw not(name, "whole number");
            }
        }
        throw not(name, "whole number");
    }

    /** A whole number that an int holds. */
    int smallNumber(String name) throws IOException {
        long value = number(name);
        if (value != (int) value) {
            throw not(name, "whole number below 2147483648");
        }
        return (int) value;
    }

    boolean flag(String name) throws IOException {
        if (object.get(name) instanceof JsonPrimitive value && value.isBoolean()) {
            return value.getAsBoolean();
        }
        throw not(name, "boolean");
    }

    /** The fields of an object in this one. */
    JsonFields object(String name) throws IOException {
        if (object.get(name) instanceof JsonObject value) {
            return new JsonFields(value, path + name + '.');
        }
        throw not(name, "object");
    }

    JsonArray array(String name) throws IOException {
        if (object.get(name) instanceof JsonArray value) {
            return value;
        }
        throw not(name, "list");
    }

    /** Null where there is no such field, or it is null. */
    @Nullable
    JsonElement optional(String name) {
        JsonElement value = object.get(name);
        return value == null || value.isJsonNull() ? null : value;
    }

    private IOException not(String name, String kind) {
        return noStatus(path + name + (object.has(name) ? " is no " + kind : " is missing"));
    }
}
