package dev.signet.theme;

import java.io.IOException;
import java.io.StringReader;
import java.text.MessageFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the message files of a theme's layers and lays the nearer ones over the farther ones, language by language. */
final class Bundles {

    private static final Pattern FILE = Pattern.compile("messages/messages_([A-Za-z0-9_-]+)\\.properties");

    private Bundles() {}

    /** Gives the words of each language; keys a language lacks come from the built-in English ones. */
    static Map<Locale, Words> merge(List<ThemeLayer> layers, List<ThemeProblem> problems) {
        Map<String, Map<String, String>> byTag = new TreeMap<>();
        Map<String, String> english = new TreeMap<>();
        for (ThemeLayer layer : layers.reversed()) {
            for (ThemeFile file : layer.files().values()) {
                Matcher name = FILE.matcher(file.path());
                if (name.matches()) {
                    Map<String, String> messages = read(file, problems);
                    if (layer.bedrock() && name.group(1).equals("en")) {
                        english.putAll(messages);
                    }
                    byTag.computeIfAbsent(name.group(1).replace('_', '-'), tag -> new TreeMap<>())
                            .putAll(messages);
                }
            }
        }
        Map<Locale, Words> words = new LinkedHashMap<>();
        byTag.forEach((tag, messages) -> {
            Locale locale = Locale.forLanguageTag(tag);
            Map<String, String> complete = new TreeMap<>(english);
            complete.putAll(messages);
            words.put(locale, new Words(locale, complete));
        });
        return words;
    }

    static Map<String, String> read(ThemeFile file, List<ThemeProblem> problems) {
        Properties properties = new Properties();
        Map<String, String> messages = new TreeMap<>();
        try {
            properties.load(new StringReader(file.text()));
        } catch (IOException | IllegalArgumentException broken) {
            problems.add(new ThemeProblem(file.origin(), 0, "is no properties file: " + broken.getMessage()));
            return messages;
        }
        for (String key : properties.stringPropertyNames()) {
            String pattern = properties.getProperty(key);
            try {
                new MessageFormat(pattern, Locale.ENGLISH);
                messages.put(key, pattern);
            } catch (IllegalArgumentException broken) {
                problems.add(new ThemeProblem(
                        file.origin(),
                        line(file, key),
                        "the message " + key + " cannot be read: " + broken.getMessage()));
            }
        }
        return messages;
    }

    private static int line(ThemeFile file, String key) {
        List<String> lines = file.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(key)) {
                return i + 1;
            }
        }
        return 0;
    }
}
