package dev.signet.spec;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A browser without scripts: keeps cookies, follows redirects within the server, fills in forms. It stops at the first
 * redirect that leaves the server: that is the answer to the app.
 */
final class Browser {

    private final SignetServer server;
    private final Map<String, String> cookies;
    private Http.Answer last;
    private String address;

    Browser(SignetServer server) {
        this(server, new TreeMap<>());
    }

    private Browser(SignetServer server, Map<String, String> cookies) {
        this.server = server;
        this.cookies = cookies;
    }

    /** Another tab: pages of its own, the same cookies. */
    Browser tab() {
        return new Browser(server, cookies);
    }

    /** Opens an address and follows redirects. */
    Browser open(String url) {
        go("GET", url, null);
        return this;
    }

    /** Posts a form to an address and follows redirects. */
    Browser post(String url, Map<String, String> fields) {
        go("POST", url, Http.encode(fields));
        return this;
    }

    /** A page of an app posts a form to us: browsers send no Lax cookie with it, and tell where it comes from. */
    Browser postFromElsewhere(String url, Map<String, String> fields) {
        Map<String, String> headers = headers(false);
        headers.put("Origin", "https://shop.example");
        headers.put("Sec-Fetch-Site", "cross-site");
        arrive(url, Http.post(url, fields, headers));
        if (leadsOn()) {
            go("GET", last.location().toString(), null);
        }
        return this;
    }

    /** Fills in the page's form and presses one of its buttons ({@code null}: none in particular). */
    Browser submit(Map<String, String> typed, String button) {
        return submit(form(), typed, button);
    }

    Browser submit(Element form, Map<String, String> typed, String button) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (Element input : form.select("input[name]")) {
            String type = input.attr("type");
            boolean unchecked = (type.equals("checkbox") || type.equals("radio")) && !input.hasAttr("checked");
            if (!unchecked && !type.equals("submit") && !typed.containsKey(input.attr("name"))) {
                fields.add(Map.entry(input.attr("name"), input.attr("value")));
            }
        }
        fields.addAll(typed.entrySet());
        if (button != null) {
            Element pressed = form.selectFirst("button[name=" + button + "]");
            if (pressed == null) {
                throw new AssertionError("no button " + button + " on " + this);
            }
            fields.add(Map.entry(button, pressed.attr("value")));
        }
        go("POST", form.absUrl("action").isEmpty() ? address : form.absUrl("action"), Http.encode(fields));
        return this;
    }

    /** The form of the page. */
    Element form() {
        Element form = page().selectFirst("main form[method=post]");
        if (form == null) {
            throw new AssertionError("no form on " + this);
        }
        return form;
    }

    /** Types name and password into the sign-in page. */
    Browser signIn(String username, String password) {
        return submit(Map.of("username", username, "password", password), null);
    }

    /** Presses Allow on the consent page. */
    Browser allow() {
        return submit(Map.of(), "allow");
    }

    private void go(String method, String url, String form) {
        Map<String, String> headers = headers(true);
        if (method.equals("POST")) {
            headers.put("Origin", server.issuer());
            headers.put("Sec-Fetch-Site", "same-origin");
            arrive(url, Http.post(url, form, headers));
        } else {
            arrive(url, Http.get(url, headers));
        }
        for (int hops = 0; leadsOn(); hops++) {
            if (hops == 10) {
                throw new AssertionError("redirects go round: " + last.location());
            }
            String next = URI.create(address).resolve(last.location()).toString();
            arrive(next, Http.get(next, headers(true)));
        }
    }

    private Map<String, String> headers(boolean withCookies) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "text/html");
        headers.put("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
        if (withCookies && !cookies.isEmpty()) {
            headers.put(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return headers;
    }

    private void arrive(String url, Http.Answer answer) {
        address = url;
        last = answer;
        last.headers().allValues("Set-Cookie").forEach(this::keep);
    }

    /** Whether the answer is a redirect within the server. */
    private boolean leadsOn() {
        return last.status() == 303
                && URI.create(address).resolve(last.location()).toString().startsWith(server.issuer() + "/");
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

    /** The hidden fields of the page's form. */
    Map<String, String> hidden() {
        Map<String, String> fields = new LinkedHashMap<>();
        form().select("input[type=hidden]").forEach(input -> fields.put(input.attr("name"), input.attr("value")));
        return fields;
    }

    /** The cookies as a line of a request's head. */
    String cookieLine() {
        return "Cookie: " + headers(true).getOrDefault("Cookie", "");
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
