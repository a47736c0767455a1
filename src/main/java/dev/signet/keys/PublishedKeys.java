package dev.signet.keys;

import java.time.Duration;

/**
 * The JWK set as clients fetch it (RFC 7517 section 5). Made once per change, not per request.
 *
 * @param json UTF-8 bytes of the document, shared: do not write to them
 * @param etag a strong entity tag, quotes included (RFC 9110 section 8.8.3)
 * @param maxAge how long clients may keep it
 */
public record PublishedKeys(byte[] json, String etag, Duration maxAge) {}
