package dev.signet.tokens;

import dev.signet.clients.TokenFormat;
import dev.signet.keys.SigningAlgorithm;
import java.time.Duration;

/**
 * How an access token is made: what the APIs it is for ask for, and for the rest what the client has.
 *
 * @param typeHeader {@code typ} of a JWT
 */
record TokenForm(Duration lifetime, TokenFormat format, SigningAlgorithm algorithm, String typeHeader) {}
