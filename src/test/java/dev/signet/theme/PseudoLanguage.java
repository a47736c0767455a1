package dev.signet.theme;

import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;

/** Makes English look foreign and grow by half, so that cut-off or untranslated words show (the language tag is en-XA). */
final class PseudoLanguage {

    private static final String PLAIN = "aceinouyACEINOUY";
    private static final String ACCENTED = "áçéîñöüýÁÇÉÎÑÖÜÝ";

    private PseudoLanguage() {}

    /** Gives the properties file of the pseudo-language. */
    static String ofEnglish() {
        ThemeLayer builtIn = new ThemeSource(null, new ArrayList<>())
                .layers(ThemeSource.DEFAULT)
                .getLast();
        ThemeFile english = Objects.requireNonNull(builtIn.file("messages/messages_en.properties"));
        StringBuilder file = new StringBuilder();
        for (Map.Entry<String, String> message :
                Bundles.read(english, new ArrayList<>()).entrySet()) {
            file.append(message.getKey())
                    .append('=')
                    .append(foreign(message.getValue()))
                    .append('\n');
        }
        return file.toString();
    }

    private static String foreign(String pattern) {
        StringBuilder text = new StringBuilder("[");
        int depth = 0;
        for (char letter : pattern.toCharArray()) {
            depth += letter == '{' ? 1 : letter == '}' ? -1 : 0;
            int accented = depth > 0 ? -1 : PLAIN.indexOf(letter);
            text.append(accented < 0 ? letter : ACCENTED.charAt(accented));
        }
        int more = pattern.length() / 2;
        for (int i = 0; i < more; i++) {
            text.append(i % 6 == 0 ? ' ' : 'ö');
        }
        return text.append(']').toString();
    }
}
