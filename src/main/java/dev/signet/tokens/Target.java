package dev.signet.tokens;

import java.util.List;

/**
 * What an access token is for ({@code aud}), and how it is made.
 */
record Target(List<String> audience, TokenForm form) {}
