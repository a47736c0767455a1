package dev.signet.protocol;

/** How the answer of the authorization endpoint travels (OAuth 2.0 Multiple Response Types, Form Post Response Mode). */
enum ResponseMode {
    QUERY("query"),
    FRAGMENT("fragment"),
    FORM_POST("form_post");

    private final String value;

    ResponseMode(String value) {
        this.value = value;
    }

    String value() {
        return value;
    }
}
