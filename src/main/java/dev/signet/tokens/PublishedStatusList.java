package dev.signet.tokens;

import java.time.Duration;

/**
 * A status list as it is served.
 *
 * @param jwt the signed list (Token Status List section 5.1)
 * @param etag changes whenever the list was signed anew
 * @param ttl how long a reader may keep it before it asks again
 */
public record PublishedStatusList(String jwt, String etag, Duration ttl) {}
