package dev.signet.operations.settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings under {@code signet.} that this build knows, from the metadata the compiler writes for the records that
 * hold them.
 *
 * @param types type of each setting, by its name
 */
record KnownSettings(Map<String, String> types) {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    static KnownSettings load(ClassLoader classLoader) throws IOException {
        Map<String, String> types = new TreeMap<>();
        JsonMapper json = new JsonMapper();
        for (URL url : Collections.list(classLoader.getResources(METADATA))) {
            try (InputStream in = url.openStream()) {
                for (JsonNode property : json.readTree(in).path("properties")) {
                    String name = property.path("name").asString("");
                    if (name.startsWith("signet.")) {
                        types.put(name, property.path("type").asString("java.lang.Object"));
                    }
                }
            }
        }
        return new KnownSettings(types);
    }

    /** Whether the name is a setting's, or that of an entry or a component of one. */
    boolean contains(String name) {
        if (types.isEmpty() || types.containsKey(name)) {
            return true;
        }
        for (int end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) {
            String type = types.get(name.substring(0, end));
            if (type != null) {
                return !type.startsWith("java.")
                        || type.startsWith("java.util.Map")
                        || type.startsWith("java.util.List");
            }
        }
        return false;
    }

    /** The setting whose name is most like the given one, if any is. */
    Optional<String> nearest(String name) {
        return types.keySet().stream()
                .min(Comparator.comparingInt(known -> distance(known, name)))
                .filter(known -> distance(known, name) <= Math.max(3, name.length() / 4));
    }

    /** Letters to insert, remove or exchange (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchange = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchange, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
