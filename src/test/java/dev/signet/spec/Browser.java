package dev.signet.spec;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A browser without scripts: keeps cookies, follows redirects within the server, fills in forms. It stops at the first
 * redirect that leaves the server: that is the answer to the app.
 */
final class Browser {

    private final SignetServer server;
    private final Map<String, String> cookies = new TreeMap<>();
    private Http.Answer last;
    private String address;

    Browser(SignetServer server) {
        this.server = server;
    }

    /** Opens an address and follows redirects. */
    Browser open(String url) {
        go("GET", url, null);
        return this;
    }

    /** Posts a form to an address and follows redirects. */
    Browser post(String url, Map<String, String> fields) {
        go("POST", url, fields);
        return this;
    }

    /** Fills in the page's form and presses one of its buttons ({@code null}: none in particular). */
    Browser submit(Map<String, String> typed, String button) {
        Element form = page().selectFirst("main form[method=post]");
        if (form == null) {
            throw new AssertionError("no form on " + this);
        }
        return submit(form, typed, button);
    }

    Browser submit(Element form, Map<String, String> typed, String button) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Element input : form.select("input[name]")) {
            String type = input.attr("type");
            boolean unchecked = (type.equals("checkbox") || type.equals("radio")) && !input.hasAttr("checked");
            if (!unchecked && !type.equals("submit")) {
                fields.put(input.attr("name"), input.attr("value"));
            }
        }
        fields.putAll(typed);
        if (button != null) {
            Element pressed = form.selectFirst("button[name=" + button + "]");
            if (pressed == null) {
                throw new AssertionError("no button " + button + " on " + this);
            }
            fields.put(button, pressed.attr("value"));
        }
        go("POST", form.absUrl("action").isEmpty() ? address : form.absUrl("action"), fields);
        return this;
    }

    /** Types name and password into the sign-in page. */
    Browser signIn(String username, String password) {
        return submit(Map.of("username", username, "password", password), null);
    }

    private void go(String method, String url, Map<String, String> fields) {
        String next = url;
        String how = method;
        Map<String, String> what = fields;
        for (int hops = 0; hops < 10; hops++) {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Accept", "text/html");
            headers.put("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
            if (!cookies.isEmpty()) {
                StringBuilder cookie = new StringBuilder();
                cookies.forEach((name, value) -> cookie.append(cookie.isEmpty() ? "" : "; ")
                        .append(name)
                        .append('=')
                        .append(value));
                headers.put("Cookie", cookie.toString());
            }
            if (how.equals("POST")) {
                headers.put("Origin", server.issuer());
                headers.put("Sec-Fetch-Site", "same-origin");
            }
            address = next;
            last = how.equals("POST") ? Http.post(next, what, headers) : Http.get(next, headers);
            last.headers().allValues("Set-Cookie").forEach(this::keep);
            if (last.status() != 303 || !last.location().toString().startsWith(server.issuer())) {
                return;
            }
            next = last.location().toString();
            how = "GET";
            what = null;
        }
        throw new AssertionError("redirects go round: " + next);
    }

    private void keep(String line) {
        String pair = line.split(";")[0];
        int equals = pair.indexOf('=');
        String value = pair.substring(equals + 1);
        if (value.isEmpty() || line.contains("Max-Age=0")) {
            cookies.remove(pair.substring(0, equals));
        } else {
            cookies.put(pair.substring(0, equals), value);
        }
    }

    /** The answer the browser stands at. */
    Http.Answer answer() {
        return last;
    }

    String address() {
        return address;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    Document page() {
        return Jsoup.parse(last.body(), address);
    }

    /** The id of the page's body, such as {@code page-login}. */
    String pageId() {
        return last.status() == 303
                ? "redirect to " + last.location()
                : page().body().id();
    }

    /** The redirect that leaves the server for the app. */
    URI callback() {
        if (last.status() != 303) {
            throw new AssertionError("no redirect to an app but " + this);
        }
        return last.location();
    }

    /** The parameters of the redirect to the app. */
    Map<String, String> callbackParameters() {
        return Http.decode(callback().getRawQuery());
    }

    @Override
    public String toString() {
        return address + " → " + last.status() + " " + (last.status() == 303 ? last.location() : page().text());
    }
}
