package dev.signet.verifier;

import java.util.List;

/**
 * The access token as a request presents it in its {@code Authorization} header (RFC 6750 section 2.1, RFC 9449 section
 * 7.1). Tokens in a body or query are never looked for.
 */
record Presented(Scheme scheme, String token) {

    enum Scheme {
        BEARER("Bearer"),
        DPOP("DPoP");

        private final String text;

        Scheme(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static Presented in(List<String> authorization) throws Refusal {
        if (authorization.isEmpty()) {
            throw new Refusal(RefusalReason.NO_TOKEN);
        }
        if (authorization.size() > 1) {
            throw new Refusal(RefusalReason.REQUEST_MALFORMED, "several Authorization headers");
        }
        String value = authorization.get(0);
        for (Scheme scheme : Scheme.values()) {
            String name = scheme.text();
            if (value.regionMatches(true, 0, name, 0, name.length())) {
                if (value.length() == name.length()) {
                    throw new Refusal(RefusalReason.REQUEST_MALFORMED, "no token after " + name);
                }
                if (value.charAt(name.length()) == ' ') {
                    return new Presented(scheme, value.substring(name.length() + 1));
                }
            }
        }
        throw new Refusal(RefusalReason.NO_TOKEN, "another scheme");
    }

    /** Whether a request tries to present a token at all. */
    static Scheme schemeOf(List<String> authorization) {
        for (String value : authorization) {
            if (value.regionMatches(true, 0, "DPoP", 0, 4)) {
                return Scheme.DPOP;
            }
        }
        return Scheme.BEARER;
    }
}
