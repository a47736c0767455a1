import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of a browser as a sign-in needs: keeps cookies, follows redirects, and fills in forms. Images, styles and scripts are
 * not fetched.
 */
final class Browser {

    private static final int MOST_STEPS = 15;
    private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("<input\\b([^>]*)>", Pattern.CASE_INSENSITIVE);
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+)))?");

    private final Web web;
    private final Settings settings;
    private final String callback;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    Browser(Web web, Settings settings) {
        this.web = web;
        this.settings = settings;
        this.callback = settings.required("client.redirect-uri");
    }

    /**
     * Opens an address and goes on, signing in where a form asks for a password, until the app's address comes.
     *
     * @param person who signs in; null where no page may come at all, because the session is there
     */
    URI untilCallback(URI start, Settings.Person person) {
        HttpResponse<String> answer = open(start);
        for (int step = 0; step < MOST_STEPS; step++) {
            if (answer.statusCode() / 100 == 3) {
                URI next = answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
                if (next.toString().startsWith(callback)) {
                    return next;
                }
                answer = open(next);
            } else {
                Wrong.unless(
                        answer.statusCode() == 200 && person != null,
                        "a page where the app's address was expected: " + answer.statusCode() + " "
                                + Wrong.shorten(answer.body()));
                answer = submit(answer, person);
            }
        }
        throw new Wrong("no end after " + MOST_STEPS + " steps");
    }

    private HttpResponse<String> open(URI address) {
        return kept(web.get(address, headers()));
    }

    private HttpResponse<String> submit(HttpResponse<String> page, Settings.Person person) {
        Matcher forms = FORM.matcher(page.body());
        String attributes = null;
        Map<String, String> fields = null;
        while (forms.find()) {
            // Pages have other forms too, for the language for instance: the right one posts.
            if (!"post".equalsIgnoreCase(attributes(forms.group(1)).get("method"))) {
                continue;
            }
            Map<String, String> filled = filled(forms.group(2), person);
            if (fields == null || filled.containsValue(person.password())) {
                attributes = forms.group(1);
                fields = filled;
            }
        }
        Wrong.unless(fields != null, "a page without a form: " + Wrong.shorten(page.body()));
        String action = attributes(attributes).getOrDefault("action", page.uri().toString());
        return kept(web.post(page.uri().resolve(unescaped(action)), fields, headers()));
    }

    /** What a person would send: hidden fields as they are, name and password, and on a form without a password {@code consent.*}. */
    private Map<String, String> filled(String form, Settings.Person person) {
        Map<String, String> fields = new LinkedHashMap<>();
        boolean password = false;
        Matcher matcher = FIELD.matcher(form);
        while (matcher.find()) {
            Map<String, String> field = attributes(matcher.group(1));
            String name = unescaped(field.getOrDefault("name", ""));
            switch (field.getOrDefault("type", "text").toLowerCase(java.util.Locale.ROOT)) {
                case "hidden" -> fields.put(name, unescaped(field.getOrDefault("value", "")));
                case "password" -> {
                    fields.put(name, person.password());
                    password = true;
                }
                case "text", "email" -> fields.put(name, person.name());
                case "checkbox" -> {
                    if (field.containsKey("checked")) {
                        fields.put(name, unescaped(field.getOrDefault("value", "on")));
                    }
                }
                default -> {}
            }
        }
        if (!password) {
            fields.putAll(settings.under("consent."));
        }
        fields.remove("");
        return fields;
    }

    private static Map<String, String> attributes(String tag) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(tag);
        while (matcher.find()) {
            String value = matcher.group(2) != null ? matcher.group(2) : matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
            attributes.put(matcher.group(1).toLowerCase(java.util.Locale.ROOT), value == null ? "" : value);
        }
        return attributes;
    }

    private static String unescaped(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Accept", "text/html", "User-Agent", "load"));
        if (!cookies.isEmpty()) {
            StringBuilder all = new StringBuilder();
            cookies.forEach((name, value) -> all.append(all.isEmpty() ? "" : "; ").append(name).append('=').append(value));
            headers.put("Cookie", all.toString());
        }
        return headers;
    }

    private HttpResponse<String> kept(HttpResponse<String> answer) {
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            boolean gone = pair.length < 2 || pair[1].isEmpty() || cookie.matches("(?i).*max-age=0\\b.*");
            if (gone) {
                cookies.remove(pair[0].strip());
            } else {
                cookies.put(pair[0].strip(), pair[1]);
            }
        }
        return answer;
    }
}
