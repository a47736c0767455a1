import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** What is known of the provider under test: a properties file; {@code bench/README.md} lists the keys. */
final class Settings {

    private final Path file;
    private final Properties properties = new Properties();

    Settings(Path file) throws IOException {
        this.file = file;
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
    }

    String required(String key) {
        String value = get(key, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(file + " says nothing of " + key);
        }
        return value;
    }

    /** The value, with ${NAME} replaced from the environment. */
    String get(String key, String otherwise) {
        String value = properties.getProperty(key, otherwise).strip();
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            value = value.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        return value;
    }

    int number(String key, int otherwise) {
        return Integer.parseInt(get(key, Integer.toString(otherwise)));
    }

    /** All keys under a prefix, without it. */
    Map<String, String> under(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), get(key, ""));
            }
        }
        return found;
    }

    record Person(String name, String password) {}

    /** One of the people who sign in, in turn. */
    Person person(int turn) {
        int number = number("people.first", 1) + turn % number("people.count", 1);
        String text = Integer.toString(number);
        return new Person(
                required("people.name").replace("%d", text), required("people.password").replace("%d", text));
    }
}
