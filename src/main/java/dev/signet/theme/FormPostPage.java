package dev.signet.theme;

import java.util.Map;

/**
 * Hands the authorization response to the app as a form post (OAuth 2.0 Form Post Response Mode). A script submits at once;
 * without scripts there is a Continue button.
 *
 * @param action the app's redirect URI
 * @param fields the response parameters
 */
public record FormPostPage(String action, Map<String, String> fields) implements Page {

    @Override
    public String name() {
        return "form-post";
    }
}
