package dev.signet.theme;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.attoparser.ParseException;
import org.attoparser.config.ParseConfiguration;
import org.attoparser.simple.AbstractSimpleMarkupHandler;
import org.attoparser.simple.SimpleMarkupParser;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a template before it is used: what the content security policy would block, what would write a value unescaped, and
 * what a page of its name must have. Guards against cross-site scripting by way of a theme.
 */
final class TemplateCheck {

    /** Pages whose form and alerts the server needs: an override without them would lock people out silently. */
    private static final Set<String> WITH_FORM = Set.of("login", "reauth", "setup");

    private TemplateCheck() {}

    static List<ThemeProblem> problems(ThemeFile file) {
        Findings findings = new Findings(file.origin());
        try {
            // Thymeleaf closes what is left open by itself, and may close a form long before its buttons.
            ParseConfiguration strict = ParseConfiguration.htmlConfiguration();
            strict.setElementBalancing(ParseConfiguration.ElementBalancing.REQUIRE_BALANCED);
            new SimpleMarkupParser(strict).parse(file.text(), findings);
        } catch (ParseException broken) {
            findings.add(
                    broken.getLine() == null ? 0 : broken.getLine(), "is not well-formed HTML: " + broken.getMessage());
        }
        String page = file.path().replace("templates/", "").replace(".html", "");
        if (WITH_FORM.contains(page) && !findings.fragments.containsAll(List.of("form", "alerts"))) {
            findings.add(1, "must have the fragments form and alerts (th:fragment)");
        }
        return findings.problems;
    }

    private static final class Findings extends AbstractSimpleMarkupHandler {

        private final String origin;
        private final List<ThemeProblem> problems = new ArrayList<>();
        private final Set<String> fragments = new HashSet<>();

        Findings(String origin) {
            this.origin = origin;
        }

        void add(int line, String reason) {
            problems.add(new ThemeProblem(origin, line, reason));
        }

        @Override
        public void handleOpenElement(String elementName, @Nullable Map<String, String> attributes, int line, int col) {
            element(elementName, attributes, line);
        }

        @Override
        public void handleStandaloneElement(
                String elementName, @Nullable Map<String, String> attributes, boolean minimized, int line, int col) {
            element(elementName, attributes, line);
        }

        private void element(String name, @Nullable Map<String, String> given, int line) {
            Map<String, String> attributes = given == null ? Map.of() : given;
            String tag = name.toLowerCase(Locale.ROOT);
            if (tag.equals("style")) {
                add(line, "inline styles are blocked by the content security policy; use theme.css");
            }
            if (tag.equals("script") && !attributes.containsKey("src") && !attributes.containsKey("th:src")) {
                add(line, "inline scripts are blocked by the content security policy; name a file in scripts");
            }
            attributes.forEach((attribute, value) -> attribute(attribute.toLowerCase(Locale.ROOT), value, line));
        }

        private void attribute(String name, @Nullable String value, int line) {
            String bare = name.startsWith("data-th-") ? name.substring(8) : name.replaceFirst("^th:", "");
            if (bare.equals("utext") || (value != null && value.contains("[("))) {
                add(line, "writes a value unescaped; use th:text");
            }
            if (bare.equals("style") || bare.matches("on[a-z]+")) {
                add(line, "the attribute " + name + " is blocked by the content security policy");
            }
            if (bare.equals("fragment") && value != null) {
                fragments.add(value.replaceFirst("\\(.*", "").strip());
            }
        }

        @Override
        public void handleText(char[] buffer, int offset, int len, int line, int col) {
            if (new String(buffer, offset, len).contains("[(")) {
                add(line, "writes a value unescaped; use [[…]]");
            }
        }
    }
}
