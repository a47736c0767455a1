package dev.signet.crypto;

/**
 * What a {@link Handle} is good for. The prefix names product and kind, so that secret scanners recognise a leaked one,
 * and is covered by the handle's MAC, so that one kind never passes for another.
 */
public enum HandleKind {
    /** Authorization code (RFC 6749 section 4.1.2). */
    AUTHORIZATION_CODE("sgn_ac_"),
    /** Refresh token (RFC 6749 section 1.5). */
    REFRESH_TOKEN("sgn_rt_"),
    /** Opaque access token (RFC 6749 section 1.4). */
    ACCESS_TOKEN("sgn_at_"),
    /** Cookie of a signed-in session. */
    SESSION("sgn_ss_"),
    /** Cookie that recognises a browser. */
    BROWSER("sgn_br_"),
    /** A sign-in in progress, as its pages' addresses name it. */
    FLOW("sgn_fl_"),
    /** One-time link. */
    LINK("sgn_ln_"),
    /** Pushed authorization request (RFC 9126 section 2.2). */
    REQUEST_URI("sgn_ru_"),
    /** Device code (RFC 8628 section 3.2). */
    DEVICE_CODE("sgn_dc_"),
    /** Client secret made by us (RFC 6749 section 2.3.1). */
    CLIENT_SECRET("sgn_cs_");

    private final String prefix;

    HandleKind(String prefix) {
        this.prefix = prefix;
    }

    /** The first characters of every handle of this kind: {@code sgn_}, two letters, {@code _}. */
    public String prefix() {
        return prefix;
    }
}
